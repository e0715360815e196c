# family: voice-way-
# family: voice-side-
# family: voice-how-
# family: voice-state-
# family: voice-beside-
# family: voice-picture-

voice-way-comment = Comment
voice-way-message = Private message
voice-side-in = Resident
voice-side-out = Commune
voice-how-comment = Answer in public, under the comment
voice-how-private = Write privately to whoever commented
voice-how-message = Write back
voice-state-heard = Received
voice-state-waiting = Being sent
voice-state-sent = Sent
voice-state-failed = Not sent
voice-beside-sound = A recording came along. It is not fetched; listen to it in the page's own program.
voice-beside-film = A video came along. It is not fetched; watch it in the page's own program.
voice-beside-file = A file came along. It is not fetched; open it in the page's own program.
voice-beside-link = A link came along.
voice-picture-waiting = The picture is being fetched.
voice-picture-kept = A picture that a resident sent
voice-picture-refused = A picture could not be fetched.
voice-picture-wrong = The picture is damaged, too large, or no longer there.
voice-picture-elsewhere = The picture is on a machine that is not on the list.
voice-nameless = Name unknown
voice-words-empty = Write the answer.
voice-window-over = The time in which one may write back is over. Once this person writes again, an answer is possible.
voice-private-once = Facebook allows one private message for each comment. Once that person answers, you can go on.
voice-gone = The writer has deleted it; nothing is left to answer.
voice-not-failed = This one is being sent, or was sent.
channel-problem-window = The time in which one may write back is over. Once this person writes again, an answer is possible.
channel-ear = Receiving what residents write
channel-ear-never = Nothing has come from there yet.
channel-ear-heard = Last heard at { $at }.
channel-ear-refused = A notice with a wrong signature was ignored at { $at }: check the secret.
channel-ear-address = Address of the webhook
channel-ear-verify = Verify token
channel-ear-copy = Copy
channel-ear-facebook = On Facebook's page for developers, under Webhooks, choose Page, enter both fields below, and subscribe to feed and messages.
channel-ear-zalo = On Zalo's page for developers, under Webhook, enter the address below and choose the events of users who send. To try it: write to the account, then load this page again.
channel-ear-test = Ask Facebook whether all is subscribed
channel-ear-well = Facebook tells the commune of comments and of messages.
channel-ear-missing = The page is not subscribed to: { $name }.
channel-facebook-secret = Secret of the app (App Secret)
channel-facebook-secret-help = Needed for receiving comments and messages. The token then also needs the rights pages_manage_engagement, pages_messaging, pages_read_user_content.
job-messages-voice = Answering through Facebook, Zalo
