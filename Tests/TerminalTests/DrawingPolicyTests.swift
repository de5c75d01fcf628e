// What becomes of graphemes of every script, held against the C library that curses asks for widths.

import Glibc
import Terminal
import Testing

// The header declares it only to those who ask for X/Open.
@_silgen_name("wcwidth") private func wcwidth(_ scalar: wchar_t) -> Int32
