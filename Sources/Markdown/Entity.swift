// Character references in running text: `&amp;`, `&#8212;`, `&#x2014;`.

/// The text of a reference as md4c gives it, with `&` and `;`. A name that is not known stays as it
/// is written; a number that is no scalar becomes U+FFFD (CommonMark 0.30, section 6.2).
func decodedEntity(_ written: String) -> String {
  let name = written.dropFirst().dropLast()
  guard name.first == "#" else { return namedEntities[String(name)] ?? written }
  let digits = name.dropFirst()
  let isHexadecimal = digits.first == "x" || digits.first == "X"
  let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  guard let number, number != 0, let scalar = Unicode.Scalar(number) else { return "\u{FFFD}" }
  return String(Character(scalar))
}

/// The names that are met in prose, code and formulas (HTML standard, "Named character references",
/// has 2,231).
private let namedEntities: [String: String] = [
  "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
  "AMP": "&", "LT": "<", "GT": ">", "QUOT": "\"",
  "num": "#", "dollar": "$", "percnt": "%", "lpar": "(", "rpar": ")", "ast": "*", "plus": "+",
  "comma": ",", "period": ".", "sol": "/", "colon": ":", "semi": ";", "equals": "=", "quest": "?",
  "excl": "!", "commat": "@", "lsqb": "[", "lbrack": "[", "rsqb": "]", "rbrack": "]",
  "bsol": "\\", "lowbar": "_", "grave": "`", "lcub": "{", "lbrace": "{", "rcub": "}",
  "rbrace": "}", "vert": "|", "verbar": "|", "Hat": "^",

  "iexcl": "¡", "cent": "¢", "pound": "£", "curren": "¤", "yen": "¥", "brvbar": "¦", "sect": "§",
  "uml": "¨", "copy": "©", "ordf": "ª", "laquo": "«", "not": "¬", "shy": "\u{AD}", "reg": "®",
  "macr": "¯", "deg": "°", "plusmn": "±", "sup1": "¹", "sup2": "²", "sup3": "³", "acute": "´",
  "micro": "µ", "para": "¶", "middot": "·", "cedil": "¸", "ordm": "º", "raquo": "»",
  "frac14": "¼", "frac12": "½", "frac34": "¾", "iquest": "¿", "times": "×", "divide": "÷",
  "euro": "€", "trade": "™", "permil": "‰",

  "Agrave": "À", "Aacute": "Á", "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å",
  "AElig": "Æ", "Ccedil": "Ç", "Egrave": "È", "Eacute": "É", "Ecirc": "Ê", "Euml": "Ë",
  "Igrave": "Ì", "Iacute": "Í", "Icirc": "Î", "Iuml": "Ï", "Ntilde": "Ñ", "Ograve": "Ò",
  "Oacute": "Ó", "Ocirc": "Ô", "Otilde": "Õ", "Ouml": "Ö", "Oslash": "Ø", "Ugrave": "Ù",
  "Uacute": "Ú", "Ucirc": "Û", "Uuml": "Ü", "szlig": "ß", "agrave": "à", "aacute": "á",
  "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å", "aelig": "æ", "ccedil": "ç",
  "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "igrave": "ì", "iacute": "í",
  "icirc": "î", "iuml": "ï", "ntilde": "ñ", "ograve": "ò", "oacute": "ó", "ocirc": "ô",
  "otilde": "õ", "ouml": "ö", "oslash": "ø", "ugrave": "ù", "uacute": "ú", "ucirc": "û",
  "uuml": "ü", "yuml": "ÿ", "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š",

  "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}",
  "zwj": "\u{200D}", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚",
  "ldquo": "“", "rdquo": "”", "bdquo": "„", "dagger": "†", "Dagger": "‡", "bull": "•",
  "hellip": "…", "prime": "′", "Prime": "″", "lsaquo": "‹", "rsaquo": "›", "check": "✓",
  "cross": "✗", "star": "☆", "starf": "★", "hearts": "♥",

  "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "harr": "↔", "lArr": "⇐", "uArr": "⇑",
  "rArr": "⇒", "dArr": "⇓", "hArr": "⇔", "forall": "∀", "part": "∂", "exist": "∃", "empty": "∅",
  "nabla": "∇", "isin": "∈", "notin": "∉", "ni": "∋", "prod": "∏", "sum": "∑", "minus": "−",
  "radic": "√", "prop": "∝", "infin": "∞", "ang": "∠", "and": "∧", "or": "∨", "cap": "∩",
  "cup": "∪", "int": "∫", "there4": "∴", "sim": "∼", "cong": "≅", "asymp": "≈", "ne": "≠",
  "equiv": "≡", "le": "≤", "ge": "≥", "sub": "⊂", "sup": "⊃", "sube": "⊆", "supe": "⊇",
  "oplus": "⊕", "otimes": "⊗", "perp": "⊥", "sdot": "⋅",

  "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
  "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
  "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ",
  "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
  "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
]
