#pragma once

// Declares the wide-character functions.
#define NCURSES_WIDECHAR 1

#include <ncurses.h>
