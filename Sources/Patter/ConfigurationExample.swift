// What `patter config` writes where there is no file yet: every member there is, and none of them counts.

/// A file to begin with.
enum ConfigurationExample {
  /// What stands before a line that would count without it.
  static let mark = "# "
  /// What stands before a line that is for people.
  static let note = "## "

  /// - Parameter schema: where editors find out what may be written; nil where that is nowhere.
  static func text(schema: String?) -> String {
    let line = schema.map { "# yaml-language-server: $schema=\(YAMLText.comment($0))\n" } ?? ""
    return line + members
  }

  private static let members = """
    ## The configuration of Patter. Take the "# " away before a line, and before the names it stands under, and
    ## it counts; what is not written has its default. A save counts at once in a chat that is open.
    ## patter config --check tells what is wrong, patter config --print what counts.

    ## Who is asked: PROVIDER/NAME, or the name of a chain or a pool. patter models lists the models.
    # model: ollama/llama3.2

    ## One theme, or one for each background of the terminal. /theme shows them.
    # theme:
    #   dark: patter-dark
    #   light: patter-light

    ## The preset that new conversations begin with; a file of presets/, without its ending.
    # preset: editor

    ## The standing instruction of new conversations.
    # system: Answer in British English.

    ## Where providers are and how their keys are had, where the environment says nothing.
    # providers:
    #   openai:
    #     apiKey: ${MY_OPENAI_KEY}               ## a variable; a key may stand here itself
    #   anthropic:
    #     apiKeyFile: ~/.config/patter/anthropic.key   ## its first line counts; chmod 600
    #   gemini:
    #     apiKeyCommand: [pass, show, gemini]    ## the first line of what it prints counts
    #   work:                                    ## one of your own, that speaks as one of ours does
    #     type: openai
    #     baseURL: https://llm.example.org/v1
    #     headers: {X-Team: blue}

    ## Programs as providers: this one answers as echo/ANYTHING.
    # commands:
    #   echo:
    #     command: [cat]
    #     input: prompt                          ## or json, for the whole conversation

    ## Chains: where one model fails, the next is asked. Pools: each call begins with the next one.
    # fallback:
    #   careful: [ollama/llama3.2, work/large]
    # pools:
    #   fast: [ollama/llama3.2, ollama/qwen3]

    ## What is known and wanted of a model; everything that stands under options may stand here.
    # models:
    #   ollama/llama3.2:
    #     window: 8192                           ## tokens it can take
    #     temperature: 0.2

    ## What is asked of every reply. What is left out is the provider's to say.
    # options:
    #   maxTokens: 4096
    #   temperature: 0.7                         ## 0 to 2
    #   topP: 0.9                                ## 0 to 1
    #   stop: ["END"]                            ## up to four texts that end a reply
    #   seed: 7
    #   effort: medium                           ## off, minimal, low, medium, high, max

    ## What is named here has these keys and no others. patter keys lists the names.
    # keys:
    #   send: [enter, ctrl-enter]
    #   top: [ctrl-home, home on empty draft]
    #   bare: none

    ## How the draft is edited, as emacs or vi does in a shell.
    # editing: emacs

    ## What a prompt does that is sent while a reply is live: replace it, queue behind it, or block.
    # send: replace
    ## What the model is told of a reply that you stopped: keep, drop, or note.
    # cutReplies: keep
    ## How many replies may arrive at once, 1 to 64.
    # parallelStreams: 4

    ## Word of a reply that ended while you looked elsewhere, if it took so long: off, bell, or osc9.
    # notify: off
    # notifyAfter: 10 s

    ## What is seen until a key says otherwise.
    # view:
    #   details: true                            ## tokens, times and cost below replies
    #   thoughts: false                          ## what models thought, in full
    #   attempts: false                          ## earlier attempts at a reply, in full
    #   mouse: true                              ## the wheel scrolls; else the terminal selects

    ## When a call fails before its first word. Times have a unit: ms, s, min or h.
    # retry:
    #   retries: 2                               ## 0 to 10
    #   base: 500 ms                             ## the first wait; each next one is twice as long,
    #   longest: 8 s                             ## up to this
    #   longestRetryAfter: 60 s                  ## whoever asks for more patience is not waited for
    #   total: 90 s                              ## all waits of one call together

    ## When a reply that began is given up, 1 s to 24 h.
    # idle:
    #   silence: 90 s                            ## nothing came
    #   progress: 10 min                         ## signs of life came, but no word

    """
}
