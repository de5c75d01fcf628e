/// Something that happened to a conversation.
public enum ChatEvent: Hashable, Sendable {
  /// The user sends a prompt. What becomes of it while a reply is live is the policy's to say: the one that
  /// is given, for this prompt alone, or else that of the settings. A prompt of white space alone, with
  /// nothing attached, asks nothing and changes nothing.
  ///
  /// `inPlaceOf` names a prompt of the path: the new one follows what that one followed, and that one leaves
  /// the path with all that stood behind it, and stays in the tree. Where it names no such prompt, or no
  /// longer does when the new one's turn comes, the new one is the next of the conversation.
  case send(
    String, attachments: [Part] = [], inPlaceOf: MessageID? = nil, policy: SendPolicy? = nil)
  /// The user sends the last prompt once more. A reply that is live is replaced; one that backs off goes
  /// on at once.
  case retry
  /// The same, to the next model of the route. Where the route has no other nothing happens.
  case nextModel
  /// The user stops the reply. Prompts that wait for its end stay where they are.
  case cancel
  /// The user takes back the prompts that wait.
  case takeBack
  /// The user gives the conversation another standing instruction; nil, or white space alone, takes it away.
  /// It goes out with the next request, and a reply that is live is not touched.
  case setSystemPrompt(String?)
  /// The user says how much models are to think in this conversation, whatever the configuration says; nil
  /// leaves it to the configuration again. It goes out with the next request.
  case setEffort(ReasoningEffort?)
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
