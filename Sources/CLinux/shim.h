// What glibc has and Swift's Glibc module does not show.
#pragma once

#include <errno.h>
#include <gnu/libc-version.h>
#include <signal.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

// Declared only under _XOPEN_SOURCE, which a module map cannot define.
extern int wcwidth(wchar_t c);

// Declared only under _GNU_SOURCE, likewise.
extern int pipe2(int ends[2], int flags);

static const short clinux_spawn_set_session = 0x80;  // POSIX_SPAWN_SETSID of <spawn.h>

// A descriptor that is readable once the process has ended. -1 with errno where the kernel (before
// 5.3) or a sandbox has no such thing. Through the system call, for glibc has it from 2.36 on.
static inline int clinux_open_process(pid_t process) {
  return (int)syscall(SYS_pidfd_open, process, 0);
}

// Has the child close every descriptor from this number on. glibc before 2.34 cannot, and then
// only what was opened with O_CLOEXEC is closed. 0, or an error number.
static inline int clinux_close_from(posix_spawn_file_actions_t *actions, int first) {
#if __GLIBC_PREREQ(2, 34)
  extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
#else
  return 0;
#endif
}

// Has the child make its process group the terminal's, before it becomes its program. glibc before 2.35
// cannot; whoever starts the child does so then, and continues it should the terminal have stopped it
// before. 0, or an error number.
static inline int clinux_take_terminal(posix_spawn_file_actions_t *actions, int terminal) {
#if __GLIBC_PREREQ(2, 35)
  extern int posix_spawn_file_actions_addtcsetpgrp_np(posix_spawn_file_actions_t *, int);
  return posix_spawn_file_actions_addtcsetpgrp_np(actions, terminal);
#else
  return 0;
#endif
}

// Whoever ignores SIGCHLD hands that on to the programs it starts, and to those the kernel never
// tells how a child ended.
static inline void clinux_keep_exit_codes(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
    signal(SIGCHLD, SIG_DFL);
  }
}
