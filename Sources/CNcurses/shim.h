// What of curses Swift cannot import (macros, C globals), and the handler that gives the terminal back
// when the program crashes.
#pragma once

// Declares the wide-character functions.
#define NCURSES_WIDECHAR 1

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// From <term.h>, which cannot be included: it defines macros like `lines` and `bell`.
extern int setupterm(const char *name, int descriptor, int *problem);
extern char *const boolnames[], *const numnames[], *const strnames[];

// The names of terminfo's capabilities in the order of its tables, up to NULL.
static inline const char *curses_flag_name(int index) { return boolnames[index]; }
static inline const char *curses_number_name(int index) { return numnames[index]; }
static inline const char *curses_string_name(int index) { return strnames[index]; }

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_italic = A_ITALIC;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

static inline WINDOW *curses_window(void) { return stdscr; }
static inline int curses_color_count(void) { return COLORS; }

static void curses_ignore_signal(int number) { (void)number; }

// `newterm` that leaves signals alone. Whoever uses this blocks them and reads them elsewhere; the
// handlers of curses would end or stop the program behind its back, throw typed input away and give the
// terminal back once more, and while it draws it drops every SIGTSTP that waits. It does so only for
// signals that it finds at their default (ncurses 6.4, `_nc_signal_handler`), so it finds none.
static inline SCREEN *curses_newterm(const char *name) {
  static const int signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
  enum { count = sizeof signals / sizeof signals[0] };
  struct sigaction taken, previous[count];
  memset(&taken, 0, sizeof taken);
  taken.sa_handler = curses_ignore_signal;
  taken.sa_flags = SA_RESTART;
  sigemptyset(&taken.sa_mask);
  for (int index = 0; index < count; index++) sigaction(signals[index], &taken, &previous[index]);
  SCREEN *screen = newterm(name, stdout, stdin);
  for (int index = 0; index < count; index++) sigaction(signals[index], &previous[index], NULL);
  return screen;
}

// Moves the terminal's cursor from wherever it is. `mvcur` writes through stdio, unlike the rest of
// curses.
static inline void curses_place_cursor(int row, int column) {
  mvcur(-1, -1, row, column);
  fflush(stdout);
}

static inline bool curses_is_locale_utf8(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

// The size the kernel has for a terminal; false when it knows none.
static inline bool terminal_size(int descriptor, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
    return false;
  }
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

// A crash.
//
// Handlers may only touch static storage and call async-signal-safe functions, and Swift promises
// neither. Everything the handler needs is laid out here beforehand. What is static in a header exists
// once for each file that uses it: only `CrashGuard.swift` may call what follows. (It is static within
// a function because Swift's importer does not emit the static variables of a header.)

enum {
  crash_guard_signal_count = 6,
  crash_guard_byte_limit = 8192,
  crash_guard_stack_byte_count = 65536,
};

struct crash_guard {
  int is_armed;
  int terminal;
  // The descriptor to put back on 2, or -1.
  int standard_error;
  struct termios modes;
  size_t byte_count;
  char bytes[crash_guard_byte_limit];
  struct sigaction previous[crash_guard_signal_count];
  char stack[crash_guard_stack_byte_count];
};

static inline struct crash_guard *crash_guard_storage(void) {
  static struct crash_guard guard;
  return &guard;
}

static inline int crash_guard_signal(int index) {
  static const int signals[crash_guard_signal_count] = {
    SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE,
  };
  return signals[index];
}

// Gives the terminal back, puts the handler that was there before in place again, and lets the fault
// happen once more.
static void crash_guard_catch(int number, siginfo_t *cause, void *context) {
  (void)context;
  struct crash_guard *guard = crash_guard_storage();
  int error = errno;
  if (__atomic_exchange_n(&guard->is_armed, 0, __ATOMIC_SEQ_CST)) {
    size_t written = 0;
    while (written < guard->byte_count) {
      ssize_t count = write(
        guard->terminal, guard->bytes + written, guard->byte_count - written);
      if (count <= 0) break;
      written += (size_t)count;
    }
    tcsetattr(guard->terminal, TCSANOW, &guard->modes);
    if (guard->standard_error >= 0) dup2(guard->standard_error, 2);
  }
  for (int index = 0; index < crash_guard_signal_count; index++) {
    if (crash_guard_signal(index) == number) {
      sigaction(number, &guard->previous[index], NULL);
    }
  }
  // A signal that was sent does not come again by itself.
  if (cause == NULL || cause->si_code <= 0) raise(number);
  errno = error;
}

static inline void crash_guard_arm(
  int terminal, int standard_error, const struct termios *modes, const char *bytes,
  size_t byte_count
) {
  struct crash_guard *guard = crash_guard_storage();
  guard->terminal = terminal;
  guard->standard_error = standard_error;
  guard->modes = *modes;
  guard->byte_count =
    byte_count < crash_guard_byte_limit ? byte_count : crash_guard_byte_limit;
  memcpy(guard->bytes, bytes, guard->byte_count);

  // A stack that overflowed cannot carry its own handler.
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = guard->stack;
    stack.ss_size = sizeof guard->stack;
    sigaltstack(&stack, NULL);
  }

  __atomic_store_n(&guard->is_armed, 1, __ATOMIC_SEQ_CST);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = crash_guard_catch;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < crash_guard_signal_count; index++) {
    sigaction(crash_guard_signal(index), &action, &guard->previous[index]);
  }
}

static inline void crash_guard_disarm(void) {
  struct crash_guard *guard = crash_guard_storage();
  for (int index = 0; index < crash_guard_signal_count; index++) {
    struct sigaction current;
    if (sigaction(crash_guard_signal(index), NULL, &current) == 0
        && (current.sa_flags & SA_SIGINFO) && current.sa_sigaction == crash_guard_catch) {
      sigaction(crash_guard_signal(index), &guard->previous[index], NULL);
    }
  }
  __atomic_store_n(&guard->is_armed, 0, __ATOMIC_SEQ_CST);
}
