/// Something that happened to a conversation.
public enum ChatEvent: Hashable, Sendable {
  /// The user sends a prompt. What becomes of it while a reply is live is the policy's to say: the one that
  /// is given, for this prompt alone, or else that of the settings. A prompt of white space alone, with
  /// nothing attached, asks nothing and changes nothing.
  ///
  /// `inPlaceOf` names a prompt of this conversation: the new one follows what that one followed, and the
  /// path turns to it; that one stays in the tree with all that stands behind it. Where it names no such
  /// prompt the new one is the next of the conversation.
  ///
  /// `racers` are models that are all asked at once; see `Race`. One alone, or none, is no race.
  case send(
    String, attachments: [Part] = [], inPlaceOf: MessageID? = nil, racers: [ModelID] = [],
    policy: SendPolicy? = nil)
  /// The user sends the last prompt once more. A reply that is live is replaced; one that backs off goes
  /// on at once.
  case retry
  /// The same, to the next model of the route. Where the route has no other nothing happens.
  case nextModel
  /// The user wants the rest of the reply at the end of the path, which was cut: a sibling that begins with
  /// a copy of its text. Where that reply is none, or is whole, or another is live, nothing happens.
  case continueReply
  /// The user stops the reply, in a race all of them. Prompts that wait for its end stay where they are.
  case cancel
  /// The user takes back the prompts that wait.
  case takeBack
  /// The user takes back the one of this `Prompt.number`.
  case takeBackPrompt(UInt32)
  /// The user moves the one of this number by so many places, negative to the front. None passes one that
  /// goes in the place of an earlier prompt, or leaves those.
  case movePrompt(UInt32, by: Int)
  /// The user wants to see the branch that a message stands on, and in a race its lane. A reply that is live
  /// on another one goes on.
  case choose(MessageID)
  /// The user decides the race for the lane in view: the other replies end.
  case pickWinner
  /// The user names the conversation; nil, or white space alone, leaves that to its first prompt.
  case rename(String?)
  /// The user gives the conversation another standing instruction; nil, or white space alone, takes it away.
  /// It goes out with the next request, and a reply that is live is not touched.
  case setSystemPrompt(String?)
  /// The user says how much models are to think in this conversation, whatever the configuration says; nil
  /// leaves it to the configuration again. It goes out with the next request.
  case setEffort(ReasoningEffort?)
  /// The user takes a preset for the conversation, in place of another if there is one; nil takes that away. It
  /// goes out with the next request, and how much models are to think is the preset's to say again if it does.
  case usePreset(Preset?)
  /// The program ends.
  case leave
  /// A message is on disk.
  case saved(MessageID)
  /// A message could not be saved.
  case saveFailed(MessageID)
  /// Something came from a stream, active or stale.
  case stream(StreamID, StreamEvent)
  /// The time of `ChatStore.deadline` has come, or any other.
  case clock
}

/// Something the store asks of the world.
public enum ChatEffect: Hashable, Sendable {
  /// Keep this message, as it is now, on disk. Answered by `saved` or `saveFailed`, in the pass or later.
  case save(ConversationID, Message)
  /// Open a stream that asks for a reply. Answered by exactly one `completed` or `failed`, unless the
  /// stream is aborted.
  case start(StreamID, Outgoing)
  /// Close a stream: its socket is to be shut before the next effect is carried out.
  case abort(StreamID)
}
