// A terminal in a box: libvterm, and the calls around a pseudo-terminal that Swift's Glibc module
// does not show.
#pragma once

#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vterm.h>

// Declared only under _XOPEN_SOURCE or _GNU_SOURCE, which a module map cannot define.
extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern int ptsname_r(int descriptor, char *buffer, size_t byte_count);
extern int pipe2(int ends[2], int flags);
extern int accept4(int listener, struct sockaddr *address, socklen_t *size, int flags);
extern int pidfd_open(int process, unsigned int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions,
                                                const char *path);

static const short patter_spawn_set_session = 0x80;  // POSIX_SPAWN_SETSID of <spawn.h>

// TIOCSWINSZ does not import. 0, or -1 with errno set.
static inline int patter_set_window_size(int descriptor, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}

// The processors this thread may run on, as bits; those above the 64th are left out. 0 on failure.
static inline uint64_t patter_processors(void) {
  uint64_t sets[16] = {0};
  return syscall(SYS_sched_getaffinity, 0, sizeof sets, sets) > 0 ? sets[0] : 0;
}

// Keeps this thread, and what it starts from now on, on these processors. 0, or -1 with errno set.
static inline int patter_set_processors(uint64_t set) {
  return (int)syscall(SYS_sched_setaffinity, 0, sizeof set, &set);
}

enum {
  patter_bold = 1 << 0,
  patter_italic = 1 << 1,
  patter_underline = 1 << 2,
  patter_blink = 1 << 3,
  patter_reverse = 1 << 4,
  patter_strikethrough = 1 << 5,
};

// One cell with its bit-fields spelt out. A colour is -1 for the terminal's own, 0 to 255 for one of
// the palette, or 0x1000000 + 0xRRGGBB.
struct patter_cell {
  uint32_t scalars[VTERM_MAX_CHARS_PER_CELL];
  int width;
  int attributes;
  int foreground;
  int background;
};

static inline int patter_color(const VTermColor *color) {
  if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color)) return -1;
  if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
  return 0x1000000 | color->rgb.red << 16 | color->rgb.green << 8 | color->rgb.blue;
}

static inline struct patter_cell patter_cell_at(const VTermScreen *screen, int row, int column) {
  struct patter_cell result = {.foreground = -1, .background = -1};
  VTermScreenCell cell;
  VTermPos place = {.row = row, .col = column};
  if (!vterm_screen_get_cell(screen, place, &cell)) return result;
  memcpy(result.scalars, cell.chars, sizeof result.scalars);
  result.width = cell.width;
  if (cell.attrs.bold) result.attributes |= patter_bold;
  if (cell.attrs.italic) result.attributes |= patter_italic;
  if (cell.attrs.underline) result.attributes |= patter_underline;
  if (cell.attrs.blink) result.attributes |= patter_blink;
  if (cell.attrs.reverse) result.attributes |= patter_reverse;
  if (cell.attrs.strike) result.attributes |= patter_strikethrough;
  result.foreground = patter_color(&cell.fg);
  result.background = patter_color(&cell.bg);
  return result;
}
