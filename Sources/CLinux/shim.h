// What glibc has and Swift's Glibc module does not show.
#pragma once

#include <sys/signalfd.h>
#include <signal.h>
#include <wchar.h>

// Declared only under _XOPEN_SOURCE, which a module map cannot define.
extern int wcwidth(wchar_t c);
