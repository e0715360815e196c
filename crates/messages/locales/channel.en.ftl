# family: channel-name-
# family: channel-state-
# family: channel-sort-
# family: channel-problem-

channel-name-app = Inbox
channel-name-push = Notices on devices
channel-name-email = E-mail
channel-name-zalo = Zalo account of the commune
channel-name-facebook = Facebook page of the commune
channel-state-waiting = Waiting
channel-state-sent = Sent
channel-state-delivered = Delivered
channel-state-read = Read
channel-state-failed = Failed
channel-state-none = No address
channel-problem-away = There was no connection; it is tried again by itself.
channel-problem-busy = The other side is busy or limits the rate; it is tried again by itself.
channel-problem-refused = The other side refused it.
channel-problem-answer = The other side answered in another way than its documents say.
channel-problem-off = This channel is not set up.
channel-problem-mail = The mail server refuses this address. It must be mended in the account.
channel-problem-zalo-token = Zalo takes the access token no longer. The administrator gets a new refresh token and enters it on the page of channels.
channel-problem-zalo-not-following = This person does not follow the Zalo account of the commune.
channel-problem-zalo-silent = This person has not written to the Zalo account for long, so that Zalo does not let it write first.
channel-problem-facebook-token = Facebook takes the access token no longer. The administrator gets a new one for the page and enters it.
channel-bulletins = Send a message
channel-bulletins-lead = One message for many people; one sees who has read it and who has not.
channel-none = No message was sent yet
channel-none-how = Write a message to all village heads, the staff, an organisation or people whom you choose.
channel-new = New message
channel-new-lead = Everybody finds it in their inbox. You may send it through other channels as well.
channel-title = Title
channel-title-empty = Please write a title.
channel-body = Text
channel-body-empty = Please write the text.
channel-to = To
channel-to-people = Choose people
channel-to-empty = Please choose at least one group or one person.
channel-to-many = One message goes to { $total } people at most.
channel-through = Also through
channel-through-how = Only channels that are set up are shown. Without any, the message still stands in everybody's inbox.
channel-not-ready = This channel is not set up; please untick it.
channel-send-push = at once on phones and computers that turned notices on
channel-send-email = to those with an address in their account
channel-send-zalo = to those who connected their Zalo
channel-send-facebook = one public post that everybody reads
channel-send = Send the message
channel-sent = { $count ->
    [one] It was sent to { $count } person.
   *[other] It was sent to { $count } people.
  }
channel-letter = Message: { $name }
channel-all-heads = All village heads
channel-all-staff = All staff of the commune
channel-all-organisations = Managers of organisations
channel-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
channel-read-of = Read by { $done } of { $total }
channel-failed-count = { $count ->
    [one] { $count } failed
   *[other] { $count } failed
  }
channel-people-states = Person by person
channel-page-copy = Page of the commune
channel-sent-by = Sent by
channel-sent-at = Sent at
channel-next-at = Tried again at { $at }.
channel-again = Send again what failed
channel-sent-again = { $count ->
    [one] { $count } copy waits to be sent again.
   *[other] { $count } copies wait to be sent again.
  }
channel-open = Open what it is about
channel-menu-group = Office
channel-menu = Channels
channel-keep-lead = The inbox is always there. These channels carry messages outside; without them a message still reaches everybody's inbox.
channel-on = In use
channel-off = Not set up
channel-wrong = Failed last time
channel-worked-at = worked last at { $at }
channel-last-failure = The last failure
channel-about-push = Nobody needs to be asked. Everybody turns it on for their own phone or computer on the account page; the site must run on HTTPS.
channel-about-email = Uses the mail server named in sandinh.toml (section mail).
channel-about-zalo = The verified Zalo Official Account of the commune. Everybody connects their own Zalo on the account page.
channel-about-facebook = Posts on the Facebook page of the commune.
channel-set-up = Set up
channel-test = Try it
channel-test-title = Trial
channel-test-words = This is a trial from the commune's digital platform.
channel-tried-well = the trial went well.
channel-tried-nobody = you have no address there, so it could not be tried. Turn it on or connect on your account page first.
channel-drop = Stop using it
channel-drop-sure = Stop using this channel? The tokens that were entered are deleted.
channel-dropped = The channel is used no longer.
channel-kept = Kept. Please try it now.
channel-save = Keep
channel-needed = Please fill this in.
channel-zalo-app = App ID
channel-zalo-secret = Secret key of the app
channel-zalo-refresh = Refresh token
channel-zalo-refresh-help = From Zalo's page for developers. The program changes it by itself whenever it ends.
channel-zalo-events = Secret key of the account (to learn who has seen it)
channel-zalo-events-help = In Zalo's webhook settings enter the address { $url }
channel-facebook-page = Page ID
channel-page-wrong = A page ID has letters, digits and points only.
channel-facebook-token = Access token of the page
channel-facebook-token-help = A long-lived one with the right pages_manage_posts.
channel-own = How I am told
channel-own-line = Turn notices on for this phone, connect your Zalo.
channel-own-lead = Messages of the commune always stand in your inbox. You may be told in these ways as well.
channel-own-push = Notices on phone and computer
channel-own-push-how = When there is a new message this device shows it, also while no page is open.
channel-push-on = Turn on here
channel-push-off = Turn off
channel-push-none = This browser cannot be told. Try Chrome, Edge or Firefox; on an iPhone add the site to the home screen first.
channel-push-refused = The browser blocks notices of this site. Allow them in its settings and press again.
channel-push-failed = It could not be turned on. Please try later.
channel-push-wrong = The browser told something wrong, so it could not be turned on.
channel-push-many = Notices are on for ten devices; please turn one off.
channel-push-ended = Notices are off on that device.
channel-device-unknown = Device of unknown kind
channel-own-no-mail = The commune has no mail server yet.
channel-own-no-email = The account has no e-mail address.
channel-own-add-email = Add one
channel-zalo-known = Your Zalo is connected with the commune's account.
channel-zalo-leave = Disconnect
channel-zalo-ended = Zalo is disconnected.
channel-zalo-join-how = Follow the commune's Zalo account, take a code here and send it to the account.
channel-zalo-join = Take a code
channel-zalo-send-code = In Zalo, send this code to the commune's account (within 24 hours):
channel-zalo-other-code = Take another code
channel-event-wrong = The body is not of Zalo's form.
channel-event-signature = The signature of the notice is wrong.
job-messages-channel = Send messages through channels
channel-sort-notice = Notices of the commune and the village
channel-sort-matter = Your own matters (dossiers, reports, invitations)
channel-sort-emergency = Emergency notice
channel-state-unwanted = Not wanted this way
channel-problem-quiet = The recipient's quiet hours; it goes when they are over.
channel-everybody = Everybody who has an account
channel-choose = What to get, and how
channel-choose-how = The inbox has everything. A channel that is not ticked stays silent about that sort of message.
channel-choose-save = Save the choice
channel-chosen = Your choice is saved.
channel-quiet = Quiet hours
channel-quiet-how = In these hours the commune does not disturb you; messages come afterwards.
channel-quiet-from = From
channel-quiet-to = Until
channel-quiet-never = No quiet hours
channel-quiet-wrong = Write a time like 21:30.
channel-emergency-always = Emergency notices (floods, fire, disease…) always come at once through every channel, also in quiet hours.
