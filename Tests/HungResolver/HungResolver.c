// A name server that does not answer. Preloaded (LD_PRELOAD, ld.so(8)) into a program under test, this
// takes the place of the C library's getaddrinfo(3): it says which name was asked for, waits until a
// test opens the gate, and then gives every name the address 127.0.0.1.
//
// PATTER_HUNG_RESOLVER names a folder with two FIFOs: `asked`, which a name is written into when it is
// looked up and an empty line when that has its answer, and `gate`, out of which each look-up takes one
// byte, its answer. PATTER_HUNG_FILES names such a folder for a network mount whose server is gone: whoever
// asks stat(2) for what lies in a folder `hung` waits likewise, and is then told.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int look_up(
    const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int open_beside(const char *folder, const char *name, int flags) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return open(path, flags | O_CLOEXEC);
}

static int say(const char *folder, const char *text) {
  int asked = open_beside(folder, "asked", O_WRONLY);
  if (asked < 0) return 0;
  char line[512];
  int length = snprintf(line, sizeof line, "%s\n", text);
  if (length >= (int)sizeof line) length = sizeof line - 1;
  int is_said = write(asked, line, (size_t)length) == length;
  close(asked);
  return is_said;
}

// Waits at the gate; whether it was opened.
static int hang(const char *folder, const char *name) {
  if (!say(folder, name)) return 0;
  int gate = open_beside(folder, "gate", O_RDONLY);
  if (gate < 0) return 0;
  // This read is where it hangs.
  char byte;
  ssize_t count = read(gate, &byte, 1);
  close(gate);
  return count == 1 && say(folder, "");
}

int stat(const char *path, struct stat *status) {
  const char *folder = getenv("PATTER_HUNG_FILES");
  if (folder && strstr(path, "hung/")) hang(folder, path);
  int (*real)(const char *, struct stat *) =
      (int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, "stat");
  return real ? real(path, status) : -1;
}

int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints,
    struct addrinfo **result) {
  const char *folder = getenv("PATTER_HUNG_RESOLVER");
  if (!folder || !name || !hang(folder, name)) return EAI_FAIL;
  look_up *real = (look_up *)dlsym(RTLD_NEXT, "getaddrinfo");
  return real ? real("127.0.0.1", service, hints, result) : EAI_FAIL;
}
