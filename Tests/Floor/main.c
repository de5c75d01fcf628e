// The floor: the least that a chat in a terminal can be, in C. One line that says "ready", one line to
// type in, and whatever a server sends, printed raw. No Markdown, no history, no layout: what Patter
// needs beyond this program is the price of what it does beyond it.
//
//   Floor [ADDRESS]
//
// Enter posts the line to ADDRESS and takes the place of a reply that still arrives; Esc and Ctrl-C
// close it; q quits.

#define _XOPEN_SOURCE 700

#include <curl/curl.h>
#include <locale.h>
#include <ncurses.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

struct chat {
  const char *address;
  WINDOW *transcript;
  WINDOW *composer;
  CURLM *transfers;
  CURL *reply;  // NULL when none arrives
  char line[256];
  size_t byte_count;
};

static size_t print_raw(char *bytes, size_t one, size_t byte_count, void *owner) {
  struct chat *chat = owner;
  waddnstr(chat->transcript, bytes, (int)(one * byte_count));
  return one * byte_count;
}

static void close_reply(struct chat *chat) {
  if (!chat->reply) return;
  curl_multi_remove_handle(chat->transfers, chat->reply);
  curl_easy_cleanup(chat->reply);
  chat->reply = NULL;
}

static void open_reply(struct chat *chat) {
  close_reply(chat);
  if (!chat->address || !(chat->reply = curl_easy_init())) return;
  curl_easy_setopt(chat->reply, CURLOPT_URL, chat->address);
  curl_easy_setopt(chat->reply, CURLOPT_POSTFIELDSIZE, (long)chat->byte_count);
  curl_easy_setopt(chat->reply, CURLOPT_COPYPOSTFIELDS, chat->line);
  curl_easy_setopt(chat->reply, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(chat->reply, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(chat->reply, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(chat->reply, CURLOPT_WRITEFUNCTION, print_raw);
  curl_easy_setopt(chat->reply, CURLOPT_WRITEDATA, chat);
  curl_multi_add_handle(chat->transfers, chat->reply);
}

static void show_composer(struct chat *chat) {
  mvwaddnstr(chat->composer, 0, 0, "> ", 2);
  waddnstr(chat->composer, chat->line, (int)chat->byte_count);
  wclrtoeol(chat->composer);
}

// False when the user is done.
static bool take_key(struct chat *chat, char key) {
  switch (key) {
    case 'q':
      return false;
    case 3:
    case 27:
      close_reply(chat);
      break;
    case '\r':
      open_reply(chat);
      chat->byte_count = 0;
      break;
    case 127:
      if (chat->byte_count > 0) chat->byte_count--;
      break;
    default:
      if (chat->byte_count < sizeof chat->line) chat->line[chat->byte_count++] = key;
  }
  show_composer(chat);
  return true;
}

static void run(struct chat *chat) {
  for (;;) {
    struct curl_waitfd keyboard = {.fd = STDIN_FILENO, .events = CURL_WAIT_POLLIN};
    curl_multi_poll(chat->transfers, &keyboard, 1, 60000, NULL);
    if (keyboard.revents) {
      char keys[64];
      ssize_t count = read(STDIN_FILENO, keys, sizeof keys);
      if (count <= 0) return;
      for (ssize_t at = 0; at < count; at++) {
        if (!take_key(chat, keys[at])) return;
      }
    }
    int live = 0;
    curl_multi_perform(chat->transfers, &live);
    if (live == 0) close_reply(chat);
    wnoutrefresh(chat->transcript);
    wnoutrefresh(chat->composer);
    doupdate();
  }
}

int main(int count, char **arguments) {
  setlocale(LC_ALL, "");
  SCREEN *screen = newterm(NULL, stdout, stdin);
  if (!screen) return 1;
  raw();
  noecho();
  nonl();
  struct chat chat = {.address = count > 1 ? arguments[1] : NULL};
  chat.transcript = newwin(LINES - 1, 0, 0, 0);
  chat.composer = newwin(1, 0, LINES - 1, 0);
  scrollok(chat.transcript, TRUE);
  waddstr(chat.transcript, "ready\n");
  show_composer(&chat);
  wnoutrefresh(chat.transcript);
  wnoutrefresh(chat.composer);
  doupdate();

  curl_global_init(CURL_GLOBAL_DEFAULT);
  chat.transfers = curl_multi_init();
  run(&chat);

  close_reply(&chat);
  curl_multi_cleanup(chat.transfers);
  endwin();
  delscreen(screen);
  return 0;
}
