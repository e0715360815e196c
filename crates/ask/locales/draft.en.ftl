ask-text = Text of the draft
ask-text-help = Paste the whole text. It is split by chapters, articles, clauses and points.
ask-text-file = Or choose a Word file
ask-text-file-help = The words of a .docx file are read in place of the field above.
ask-text-save = Save the text
ask-text-set = { $count } paragraphs.
ask-text-empty = Paste the text or choose a Word file.
ask-text-parts = More than { $count } paragraphs. Make two consultations of it.
ask-text-parts-shown = See the paragraphs
ask-file-unread = This file cannot be read. Save it as .docx in Word, or paste the text.
ask-no-text = The text of the draft is missing.
ask-draft-too-short = A consultation lasts at least { $count } days.
ask-on-whole = On the whole
ask-on-part = Paragraph { $count }
ask-agree = Agree
ask-disagree = Disagree
ask-stood = Noted. You may change it until the end.
ask-comment = Comment
ask-comments = Comments
ask-comments-none = No comment yet.
ask-comment-write = Comment on this
ask-comment-part = Your comment on this paragraph
ask-comment-whole = Your comment on the whole draft
ask-comment-send = Send the comment
ask-comment-empty = Write your comment.
ask-comment-taken = Your comment is here. An officer reads it before everybody does.
ask-comment-name = Your comment is shown with your name, after an officer has read it.
ask-comment-sign-in = Sign in to comment.
ask-comment-held = Waits to be read
ask-comment-show = Show to everybody
ask-comment-refuse = Do not show
ask-comment-state-held = Waits to be read
ask-comment-state-shown = Everybody sees it now.
ask-comment-state-refused = Not shown
ask-verdict = What the office says
ask-verdict-accepted = Taken over
ask-verdict-partly = Partly taken over
ask-verdict-not = Not taken over
ask-reply = Reason
ask-reply-of = The commune answers
ask-reply-write = Answer comments
ask-reply-how = Tick one or several comments of the same kind above, then answer once. Comments that wait are shown with the answer.
ask-reply-help = What is changed; or why it is not.
ask-reply-this = Answer this one
ask-reply-send = Send the answer
ask-reply-whom = Tick the comments to answer.
ask-reply-empty = Write the reason.
ask-replied = { $count ->
    [one] { $count } comment answered.
   *[other] { $count } comments answered.
}
ask-unanswered = { $count ->
    [one] { $count } comment is not answered yet.
   *[other] { $count } comments are not answered yet.
}
ask-not-over = The summary is published after the last day.
ask-summary = Summary of comments and answers
ask-summary-title = Summary of the comments, what was taken over and why
ask-summary-how = When every comment is answered, publish the summary. Residents get a message.
ask-summary-publish = Publish the summary
ask-summary-out = The summary is published.
ask-summary-leader = Chairman
ask-paragraph = Article, clause
ask-drafts-column = All drafts of the commune
