# One-stop: names
onestop-title = One-stop service
onestop-menu-group = One-stop
onestop-menu-list = Dossiers
onestop-menu-counter = Counter
onestop-menu-procedures = Procedures
onestop-menu-mine = My dossiers
onestop-door = Procedures
onestop-door-line = Birth, marriage, certification, support: what to bring, how long it takes
onestop-dossier = Dossier
onestop-procedure = Procedure
onestop-procedures = Procedures
onestop-procedures-all = All procedures
onestop-procedures-lead = Type what you need in everyday words, without marks: "giay khai sinh", "marriage".
onestop-procedures-search = What do you need?
onestop-procedures-none = No procedure found
onestop-procedures-none-how = Try fewer words, or look through all procedures. The one-stop desk helps by telephone.
onestop-procedures-see-all = All procedures
onestop-fields = Fields
onestop-fields-all = All
onestop-field = Field
onestop-kind = Kind
onestop-form = Electronic form
onestop-kind-settle = Settled by the commune
onestop-kind-working-copy = Issued by a national system
onestop-kind-appointment = By appointment
onestop-kind-guide = Done by another office
onestop-channel = Channel
onestop-channels = Where to apply
onestop-channel-national-portal = National Public Service Portal
onestop-channel-provincial-system = Provincial system
onestop-channel-portal = This site of the commune
onestop-channel-counter = One-stop counter
onestop-channel-team = Filed by the village team
onestop-role-one-stop-officer = one-stop desk
onestop-role-specialist = specialist
onestop-role-leader = leader of the commune
onestop-hours = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
onestop-short-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
onestop-short-hours = { $count } h
onestop-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
onestop-time = Time
onestop-time-same-day = { $count ->
    [1] Same day; after 15:00 on the next working day
   *[other] Within { $count } days
}
onestop-time-working-day = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
onestop-time-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
onestop-time-hour = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
onestop-time-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
onestop-for-whom = Who may apply
onestop-result = Result
onestop-issued-by = Issued through
onestop-where = Where to go
onestop-papers = Papers
onestop-papers-none = No papers needed.
onestop-paper-if = if there is one
onestop-paper-original = Original
onestop-paper-copy = Copy
onestop-paper-electronic = Electronic
onestop-fees = Fees
onestop-free = Free of charge
onestop-fee-see = With fees, see details
onestop-money = { $sum } đồng
onestop-per-case = each time
onestop-per-copy = each copy
onestop-per-page = each page
onestop-set-by-law = by law
onestop-set-by-province = set by the province
onestop-waived = Waived for:
onestop-unverified = not compared with the text in force
onestop-unverified-note = Some of this was not compared with the texts in force. Ask the one-stop desk before you travel far.
onestop-steps = Steps
onestop-linked = Often done together
onestop-legal = Legal basis
onestop-code = Code:
onestop-in-force = In force from
onestop-begin = Begin
onestop-begin-sign-in = Sign in with the account the commune gave you; without one, come to the counter.
# Filling in
onestop-for = Filed for { $name }
onestop-begin-for = Take in a dossier for this person
onestop-begin-help = File a dossier for them
onestop-for-person = A dossier for { $name }
onestop-choose = Choose…
onestop-example = Example: { $text }.
onestop-next = Continue
onestop-back = Back
onestop-back-step = Previous step
onestop-save-later = Save for later
onestop-saved-at = Saved at { $time }. Nothing is lost when the battery or the signal goes.
onestop-saved-soon = This part is saved when you continue.
onestop-review = Review and send
onestop-review-wrong = Something is not right yet; each line leads to its place
onestop-mend = Change
onestop-papers-how = Photograph each page whole and in good light. Pictures are made small before they are sent.
onestop-paper-there = There
onestop-paper-needed = Needed
onestop-page-add = Add pictures or files
onestop-page-send = Upload
onestop-page-drop = Remove
onestop-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
onestop-pages-max = At most { $limit } pages for one paper.
onestop-declare = I declare that what stands above is true.
onestop-declare-empty = Tick the declaration first.
onestop-consent = The person has agreed that I file this for them.
onestop-consent-empty = The person's consent is needed.
onestop-send = Send
onestop-sent = Sent. The one-stop desk will look at it and answer.
onestop-throw = Throw the draft away
onestop-throw-ask = Throw the draft away? What was filled in is lost.
onestop-draft = Draft
onestop-drafts = Drafts
onestop-draft-dropped = The draft is gone.
onestop-draft-elsewhere = This draft was saved elsewhere meanwhile. Open it again to go on from the newest version.
onestop-for-whom-unknown = It is not known for whom this is. Open the person's page and choose to file for them.
onestop-mine-lead = What you began, what is being worked on, and what is done.
onestop-mine-new = New dossier
onestop-mine-none = No dossiers yet
onestop-mine-none-how = Find what you need among the procedures and begin.
onestop-story = What happened
onestop-answers = What was filled in
onestop-receipt = Receipt
onestop-asked-title = Something is needed from you
onestop-answer = Add what is missing
onestop-answer-lead = Only these places; everything else stays as it is.
onestop-answer-send = Send
onestop-answered = Sent. The clock goes on from now.
onestop-sent-back-because = Sent back because: { $reason }
onestop-take-back = Withdraw
onestop-take-back-why = Why (optional)
onestop-take-back-ask = Withdraw this dossier? It will be stopped.
onestop-withdrawn = Withdrawn.
onestop-rate = Rating
onestop-rate-ask = How was it?
onestop-rate-words = Anything else
onestop-rate-send = Send the rating
onestop-rating-1 = Not satisfied
onestop-rating-2 = Satisfied
onestop-rating-3 = Very satisfied
onestop-rated = Thank you.
onestop-rated-as = Your rating:
# Following
onestop-track = Follow a dossier
onestop-track-lead = You need the code on the receipt and the last 4 digits of the applicant's personal number.
onestop-track-code-help = For example 000.00.00.H38-261127-0001. The QR code of the receipt types it for you.
onestop-track-digits = Last 4 digits of the personal number
onestop-track-digits-help = Of the person who applied.
onestop-track-go = Look
onestop-track-none = No dossier fits this code and these digits. Look at the receipt again.
onestop-tracked-asked = The dossier waits for the applicant. Sign in or ask the desk what is needed.
onestop-tracked-done = The result is ready.
# Statuses
onestop-status = Status
onestop-status-1 = Newly registered
onestop-status-2 = Received
onestop-status-3 = Not received
onestop-status-4 = Being processed
onestop-status-5 = Supplement requested
onestop-status-6 = Payment requested
onestop-status-7 = Withdrawn by the applicant
onestop-status-8 = Processing stopped
onestop-status-9 = Processed
onestop-status-10 = Result returned
onestop-event-submitted = Submitted
onestop-event-received = Received
onestop-event-not-received = Not received
onestop-event-asked = Supplement requested
onestop-event-answered = Supplement given
onestop-event-taken = Taken
onestop-event-given = Given to
onestop-event-passed = Passed on
onestop-event-sent-back = Sent back to
onestop-event-extended = Apology and new date
onestop-event-stopped = Stopped
onestop-event-withdrawn = Withdrawn
onestop-event-processed = Processed
onestop-event-returned = Result returned
onestop-event-attached = Result attached
onestop-event-recorded = Written into the registry
onestop-event-paid = Paid
onestop-event-rated = Rated
onestop-told-received = Dossier { $code } was received; the result is promised for { $day }.
onestop-told-not-received = Dossier { $code } was not received. Open it to see why.
onestop-told-asked = Dossier { $code } needs something from you. Open it to see exactly what.
onestop-told-extended = We apologise: dossier { $code } has a new date, { $day }.
onestop-told-stopped = Dossier { $code } was stopped. Open it to see why.
onestop-told-processed = Dossier { $code } is done; the result is ready.
onestop-told-returned = The result of dossier { $code } was returned. Please rate it.
onestop-told-paid = The fee of dossier { $code } was received.
onestop-told-moved = There is news of dossier { $code }.
# Work list
onestop-queue-one-stop-officer = One-stop desk
onestop-queue-specialist = Specialists
onestop-queue-leader = Leaders
onestop-queue-citizen = Applicant's turn
onestop-queue-nobody = Ended
onestop-waits-one-stop-officer = { $count ->
    [one] { $count } dossier waits for the desk
   *[other] { $count } dossiers wait for the desk
}
onestop-waits-specialist = { $count ->
    [one] { $count } dossier waits for a specialist
   *[other] { $count } dossiers wait for specialists
}
onestop-waits-leader = { $count ->
    [one] { $count } dossier waits for signature
   *[other] { $count } dossiers wait for signature
}
onestop-tab = Work
onestop-tab-mine = In my hands
onestop-tab-open = All open
onestop-tab-all = All
onestop-find = Name, code, number, telephone
onestop-left = Time left
onestop-left-time = { $time } left
onestop-late-by = Late by { $time }
onestop-clock-stands = Clock stands
onestop-to-return = To be returned
onestop-holder = In hand of
onestop-list-none = No dossiers
onestop-list-none-how = Nothing here. New dossiers stand under One-stop desk.
onestop-submitted-at = Submitted
onestop-received-at = Received
onestop-due-at = Result promised for
onestop-ended-at = Ended
onestop-returned-at = Returned
onestop-due-on = promised for { $day }
onestop-due-day = Promised day
onestop-due-day-help = This procedure says no limit; the officer promises a day.
onestop-due-empty = A promised day after today is needed.
onestop-due-closed = The office is closed on that day.
onestop-due-old = Old date
onestop-due-new = New date
# A dossier
onestop-now = Now
onestop-step = Step
onestop-applicant-name = Applicant
onestop-phone = Telephone
onestop-subject = About
onestop-reason = Reason
onestop-reason-help = In words that the applicant understands, not a code.
onestop-reason-empty = A reason in words is needed.
onestop-note = Note
onestop-working-copy = The commune's working copy; the original is issued by the national system.
onestop-papers-none-given = No pictures of papers.
onestop-papers-given = Papers received
onestop-papers-seen = Received on paper: { $list }
onestop-twins = It may be registered already; look before you receive it
onestop-twin-person = Already in the registry, born { $day }
onestop-late-by-supplements = Papers were asked for twice: by the formulas of Decision 766 this dossier counts as late.
onestop-act-receive = Receive
onestop-act-take = Take
onestop-act-pass-to = Done, on to: { $step }
onestop-act-return = Result returned
onestop-act-send-back = Send back
onestop-act-refuse = Refuse
onestop-act-stop = Stop
onestop-act-ask = Ask for more
onestop-act-ask-help = Mark exactly what is wrong and say why; the applicant lands on it. The clock stands meanwhile.
onestop-act-give = Give to a colleague
onestop-act-extend = Apologise, new date
onestop-act-extend-help = Before the date is over, and only once.
onestop-why = Why
onestop-mark-fields = Mark fields as well
onestop-ask-words = A word to all of it
onestop-ask-empty = Mark at least one place or write a word.
onestop-ask-list = Please give
onestop-ask-until = Please answer before { $day }.
onestop-colleague = Colleague
onestop-colleague-empty = Choose a colleague.
onestop-extend-late = It is late already: an apology comes before the date.
onestop-extend-later = The new date must be after the old one.
onestop-attach = The result as a file
onestop-attach-help = The signed PDF of the national system, or the commune's own paper.
onestop-attach-send = Attach
onestop-result-none = No result yet.
onestop-no-result = Attach the result before it is returned.
onestop-record = Into the registry
onestop-record-birth = Add the child { $name } to a household.
onestop-record-death = Record the death of { $name }.
onestop-record-nobody = Nobody in the registry fits this dossier.
onestop-record-where = Where
onestop-record-number = The personal number just given
onestop-record-number-help = It stands in the certificate; leave empty if there is none yet.
onestop-record-relation = Relation to the head
onestop-record-head = New head of the household
onestop-record-save = Write it
onestop-record-source = Dossier { $code }
onestop-forms = Forms to print
onestop-done-receive = Received.
onestop-done-refuse = Refused; the applicant is told why.
onestop-done-ask = Asked; the clock stands.
onestop-done-take = It is in your hands.
onestop-done-give = Given.
onestop-done-pass = Passed on.
onestop-done-send-back = Sent back.
onestop-done-extend = The apology and the new date are sent.
onestop-done-stop = Stopped; the applicant is told why.
onestop-done-attach = Attached.
onestop-done-record = Written into the registry.
onestop-moved-on = Somebody else worked on it meanwhile. Look again.
onestop-not-now = This is not possible now.
onestop-held-by-other = Somebody else has it in hand. Take it first if you must.
onestop-once = This is registered already in dossier { $code }.
onestop-no-dossiers = No dossiers are taken here for this procedure.
onestop-procedure-changed = The procedure was changed just now. Try again.
# Counter
onestop-counter-lead = Choose, scan the card, take the papers, print the receipt.
onestop-scan = Scan the card's QR code
onestop-scan-help = Put the cursor here and scan; or type the number below and look it up.
onestop-scan-wrong = This is not the code of an identity card.
onestop-look-up = Look up
onestop-known = In the registry
onestop-paper-seen = Received on paper
onestop-receive-print = Receive and print
# What is wrong in a form
onestop-wrong-empty = This is needed.
onestop-wrong-short = This is too short.
onestop-wrong-shape = This has the wrong form.
onestop-wrong-type = A number is needed here.
onestop-wrong-least = At least { $limit }.
onestop-wrong-most = At most { $limit }.
onestop-wrong-unknown = The form has no such field.
onestop-wrong-person-number = A personal number has 12 digits; look at the card.
onestop-wrong-phone = This is no telephone number.
onestop-paper-missing = Needed: { $name }.
onestop-paper-again = This paper is needed again.
# Forms to print
onestop-form-number = Form
onestop-form-01 = Receipt and appointment
onestop-form-02 = Request to complete the dossier
onestop-form-03 = Refusal
onestop-form-04 = Apology and new date
onestop-form-05 = Notice of stopping
onestop-form-06 = Control sheet
onestop-form-07 = Register of dossiers
onestop-motto-state = SOCIALIST REPUBLIC OF VIET NAM
onestop-motto = Independence - Freedom - Happiness
onestop-code-of = Code
onestop-letter-to = To:
onestop-sign-desk = ONE-STOP DESK
onestop-sign-leader = FOR THE PEOPLE'S COMMITTEE
onestop-sign-how = (Signature and name)
onestop-receipt-waits = Sent; waiting to be received by the desk.
onestop-receipt-track = Scan the code to follow the dossier; the last 4 digits of the applicant's number are asked for.
onestop-receipt-qr = QR code to follow dossier { $code }
onestop-ground = Ground: { $law }.
onestop-may-complain = If you do not agree you may complain to the chairman of the People's Committee.
onestop-apology = The People's Committee apologises for the delay and asks for your understanding.
onestop-when = When
onestop-what = What
onestop-who = Who
# Keeping procedures
onestop-keep-lead = Add or replace a procedure by its file. Dossiers that were begun keep their version.
onestop-keep-new = Upload a procedure
onestop-keep-file = The file (.toml)
onestop-keep-file-help = The quickest way: download an existing one, change it, upload it.
onestop-keep-from = In force from
onestop-keep-upload = Upload
onestop-keep-broken = A file in the data folder cannot be read
onestop-line = Line
onestop-own = Own
onestop-file = File
onestop-download = Download
onestop-withdraw = Withdraw
onestop-withdraw-ask = Withdraw this version? The one before is in force again.
onestop-file-kept = The procedure is kept.
onestop-file-withdrawn = Withdrawn.
onestop-file-none = No file chosen.
onestop-file-long = The file is larger than 512 KB.
onestop-file-text = This is no text file.
onestop-file-wrong = The file has faults, see the lines above. Nothing was changed.
onestop-file-field = The field "{ $value }" is not on the list.
onestop-file-shape = This cannot be read: { $reason }
onestop-file-code = "{ $value }" is no code like 1.001193 or XA.own-word.
onestop-file-other-code = The file stands in the folder of another code: { $value }.
onestop-file-no-steps = This procedure needs steps ([[step]]).
onestop-file-no-system = The national system that issues the result is missing (system).
onestop-file-twice = "{ $value }" stands twice in { $member }.
onestop-file-unknown = "{ $value }" in { $member } is not known.
onestop-file-sum = The sum of "{ $value }" makes no sense.
onestop-file-schema = form.schema is no valid JSON Schema: { $reason }
onestop-file-not-laid-out = "{ $value }" is in the schema and not in the layout.
onestop-file-endless = "{ $value }" needs a maxLength.
onestop-file-choices = The choices of "{ $value }" differ from its enum.
# Fees
onestop-menu-fees = Fees
onestop-fees-lead = Cash taken at the counter, and transfers compared with the bank's statement.
onestop-method-cash = Cash
onestop-method-transfer = Bank transfer
onestop-method-portal = National portal
onestop-pay-left = To be paid
onestop-pay-cash = Cash taken
onestop-pay-cash-ask = Has { $sum } been received in cash?
onestop-pay-taken = Paid.
onestop-pay-nothing = Nothing is owed for this dossier any more.
onestop-pay-scan = Scan to pay by transfer
onestop-pay-qr = VietQR code for the fee of dossier { $code }
onestop-pay-sum = Sum
onestop-pay-account = Account
onestop-pay-name = Payee
onestop-pay-purpose = Message, as it is
onestop-pay-how = Paid by
onestop-pay-on = Paid on
onestop-pay-how-long = The commune compares the bank's statement; this may take a working day. You can also pay in cash at the counter.
onestop-pay-no-account = The commune has named no account for fees (file law/fee-account); only cash is taken.
onestop-pay-nowhere = Money that fits no dossier
onestop-pay-nowhere-how = Only the whole code with the exact sum is matched. Somebody must look at these.
onestop-pay-nobody-known = Unknown dossier
onestop-pay-nobody = no dossier's code in the message
onestop-pay-paid = the dossier is paid already
onestop-pay-small = too little
onestop-pay-large = too much
onestop-pay-several = several codes in the message
onestop-pay-list = Taken
onestop-pay-none = Nothing yet.
onestop-statement = Bank statement
onestop-statement-file = The statement (Excel or CSV)
onestop-statement-help = The same file again is not counted twice.
onestop-statement-take = Compare
onestop-statement-none = There are no columns of day, money and message in this file.
onestop-statement-empty = No money came in by this file.
onestop-statement-taken = { $count } matched, { $total } fit nowhere, { $done } known already.
onestop-form-bien-lai = Receipt of fees
onestop-receipt-no = Receipt number
onestop-sign-cashier = CASHIER
# Service quality
onestop-track-line = Where a dossier stands and when it is done, by the code on the receipt
onestop-quality = Service quality
onestop-quality-line = On time, results as files, satisfaction, month by month
onestop-quality-lead = By the index of Decision 766/QĐ-TTg, computed from the commune's own dossiers.
onestop-quality-points = Points
onestop-quality-of = of { $points } that can be measured
onestop-quality-indicator = Indicator
onestop-quality-counted = Counted from
onestop-quality-most = At most
onestop-quality-nothing = No dossiers in this month
onestop-quality-unknown = Nothing here knows it
onestop-quality-note = Formulas as observed on the national portal, not compared with the legal text. What cannot be measured is not counted as nought.
# Queue numbers
# family: onestop-ticket-
onestop-ticket-waiting = Waiting
onestop-ticket-called = Called
onestop-ticket-served = Served
onestop-ticket-absent = Did not come
onestop-number-menu-call = Call numbers
onestop-number-menu-draw = Number kiosk
onestop-number-draw = Take a number
onestop-number-draw-lead = Touch what you need. No name is asked.
onestop-number-draw-again = Another number
onestop-number-drawn = Number { $number } was drawn.
onestop-number-group = Group
onestop-number-group-ask = What do you need?
onestop-number-priority = Priority
onestop-number-priority-ask = Does one of these apply to you?
onestop-number-priority-none = None of these
onestop-number-appointment = Appointment { $time }
onestop-number-your-number = Your number
onestop-number-number = Number { $number }
onestop-number-ahead = { $count ->
    [0] You are next
    [1] 1 person before you
   *[other] { $count } people before you
}
onestop-number-qr = Code to follow number { $number } on the phone
onestop-number-qr-how = Scan to see on your phone how many are before you.
onestop-number-follow-lead = The page renews itself. Come to the counter when you are called.
onestop-number-come = Please come to { $name }
onestop-number-served-you = You were served. Thank you.
onestop-number-absent-you = You were called and were not there. Tell an officer and you will be called again.
onestop-number-old = A number of { $day }, no longer valid. Please take a new one.
onestop-number-screen = Please come to
onestop-number-screen-open = Call screen
onestop-number-screen-none = Nobody is called yet. Please take a number at the door.
onestop-number-now = Now
onestop-number-now-none = This counter has called nobody.
onestop-number-next = Next
onestop-number-next-none = Nobody waits.
onestop-number-more = { $count ->
    [1] and 1 more
   *[other] and { $count } more
}
onestop-number-sit-title = Which counter is yours today?
onestop-number-sit-help = Once for the day. Choosing a counter that is open takes it over.
onestop-number-sit = Begin to call
onestop-number-counter = Counter
onestop-number-counter-open = { $name } (open)
onestop-number-change = Change or leave the counter
onestop-number-leave = Leave the counter
onestop-number-sat = The counter is yours.
onestop-number-left = You left the counter.
onestop-number-no-counter = Choose your counter before you call.
onestop-number-moved-on = The line has just changed. This is how it stands now; please try again.
onestop-number-call-next = Call the next
onestop-number-done-next = Done, call the next
onestop-number-call-again = Call again
onestop-number-serve = Done
onestop-number-skip = Did not come
onestop-number-skip-how = After { $count } calls a number whose holder does not come may be set aside.
onestop-number-call-more = Not called often enough to be set aside.
onestop-number-take-dossier = Receive a dossier
onestop-number-waited = Waited { $time }
onestop-number-calls = { $count ->
    [1] called once
   *[other] called { $count } times
}
onestop-number-called = Calling { $number }.
onestop-number-nobody = Nobody waits in the groups of this counter.
onestop-number-done = Number { $number } is done.
onestop-number-aside = Number { $number } was set aside. It may be put back once.
onestop-number-moved = Number { $number } waits in another group, at the same place.
onestop-number-back = Number { $number } is back in the line.
onestop-number-move = Move to another group
onestop-number-move-help = The number and its place in the line stay.
onestop-number-move-send = Move
onestop-number-absent = Did not come
onestop-number-put-back = Put back
onestop-number-waiting = Waiting
onestop-number-served = Served today
onestop-number-wait = Minutes of waiting, on average
onestop-number-day = Numbers of the day
onestop-number-export-xlsx = Download for Excel
onestop-number-export-csv = Download as CSV
onestop-number-column-number = Number
onestop-number-column-group = Group
onestop-number-column-priority = Comes first
onestop-number-column-drawn = Drawn at
onestop-number-column-called = Called at
onestop-number-column-wait = Wait (minutes)
onestop-number-column-ended = Done at
onestop-number-column-counter = Counter
onestop-number-column-state = State
# Appointments
# family: onestop-visit-state-
onestop-visit-state-booked = Booked
onestop-visit-state-came = Came
onestop-visit-state-absent = Did not come
onestop-visit-state-cancelled = Cancelled
# family: onestop-weekday-
onestop-weekday-1 = Monday
onestop-weekday-2 = Tuesday
onestop-weekday-3 = Wednesday
onestop-weekday-4 = Thursday
onestop-weekday-5 = Friday
onestop-weekday-6 = Saturday
onestop-weekday-7 = Sunday
onestop-visit-menu-list = Appointments
onestop-visit-menu-mine = My appointments
onestop-visit-door = Book a time at the desk
onestop-visit-book = Book a time: { $name }
onestop-visit-lead = Choose a day and an hour. Who comes on time is called first.
onestop-visit-other = Something else
onestop-visit-day = Day
onestop-visit-hour = Hour
onestop-visit-hour-empty = Please choose an hour.
onestop-visit-left = { $count ->
    [0] Full
    [1] 1 place
   *[other] { $count } places
}
onestop-visit-papers = How many papers
onestop-visit-papers-help = So that the desk can prepare. For 5 certified copies write 5.
onestop-visit-papers-wrong = From 0 to { $count } papers.
onestop-visit-papers-count = { $count ->
    [1] 1 paper
   *[other] { $count } papers
}
onestop-visit-bring = To bring
onestop-visit-book-go = Book
onestop-visit-booked = Booked. Please come on time.
onestop-visit-no-hour = This hour can no longer be booked. Please choose another.
onestop-visit-full = The last place of this hour has just been taken. Please choose another.
onestop-visit-too-many = One person holds at most { $count } appointments for a procedure. Cancel one first.
onestop-visit-none-free = No hour is free
onestop-visit-none-free-how = The coming days are full or the office is closed. You may still come and take a number.
onestop-visit-mine-lead = Show the code when you come. Cancel if you cannot, so that somebody else gets the place.
onestop-visit-mine-none = No appointments yet
onestop-visit-mine-none-how = Choose a procedure, then "Book a time at the desk".
onestop-visit-past = Past
onestop-visit-qr = Appointment { $code }
onestop-visit-qr-how = Show this code when you come and get a number. It is called at your hour.
onestop-visit-cancel = Cancel the appointment
onestop-visit-cancel-ask = Cancel this appointment?
onestop-visit-cancelled = The appointment was cancelled.
onestop-visit-late = The hour has come; it can no longer be cancelled.
onestop-visit-over = This appointment has just changed. This is how it stands now.
onestop-visit-told-booked = Appointment { $code } is booked: { $day }.
onestop-visit-told-cancelled = Appointment { $code } at { $day } was cancelled.
onestop-visit-waits = { $count ->
    [1] 1 appointment today
   *[other] { $count } appointments today
}
onestop-visit-find = Find or scan a code
onestop-visit-before = Day before
onestop-visit-after = Day after
onestop-visit-today = Today
onestop-visit-desk-none = No appointments
onestop-visit-desk-none-how = Nobody booked for this day, or the code is wrong.
onestop-visit-draw = Came, draw a number
onestop-visit-came = Came
onestop-visit-miss = Did not come
onestop-visit-ticket = Print the number
onestop-visit-arrived = Noted: came.
onestop-visit-missed = Noted: did not come.
onestop-visit-not-now = It is not the time for this.
onestop-visit-same-hour = There is an appointment at this hour already.
onestop-visit-for = Booking for { $name }
onestop-visit-consent = This person agreed that I book for them.
onestop-visit-consent-empty = The person has to agree.
