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

# The daily file of the provincial one-stop system
onestop-event-synced = Synchronised from the provincial system
onestop-menu-province = Compare with the province
onestop-province-lead = Upload the Excel file that the provincial one-stop system exports every day. What differs is shown; nothing changes until you say so.
onestop-province-file = File of the province
onestop-province-file-which = File exported from the provincial system
onestop-province-file-help = Excel or CSV. An old file uploaded again never overwrites what is newer.
onestop-province-compare = Compare
onestop-province-history = Files uploaded so far
onestop-province-none = No file was uploaded yet.
onestop-province-unmapped = columns not looked at yet
onestop-province-taken = Taken over
onestop-province-uploaded = The file was received.
onestop-province-mapped = The meaning of the columns is remembered.
onestop-province-no-sheet = This file is neither Excel nor CSV that can be read.
onestop-province-html = This file is a web page that is named as Excel. Open it in Excel, save it as .xlsx and upload that.
onestop-province-no-heading = This file has no columns of dossier code and status.
onestop-province-columns = Columns of the file
onestop-province-columns-lead = Look at what each column means. The next file with the same headings is understood by itself.
onestop-province-columns-change = Change the meaning of columns
onestop-province-column = Column
onestop-province-letters = Column { $letters }
onestop-province-values = First values
onestop-province-meaning = Meaning
onestop-province-leave-out = Leave out
onestop-province-sure = How sure
onestop-province-sure-high = Sure
onestop-province-sure-medium = Likely
onestop-province-sure-low = A guess
onestop-province-sure-none = Left out
onestop-province-as-of = The figures are of
onestop-province-as-of-help = The day of the export. What the commune did later is not overwritten.
onestop-province-future = This day is still to come.
onestop-province-column-twice = Each meaning goes to one column only.
onestop-province-column-missing = A column of dossier codes and one of statuses are needed.
onestop-province-field-code = Dossier code
onestop-province-field-procedure = Procedure code
onestop-province-field-procedure-name = Name of the procedure
onestop-province-field-status = Status
onestop-province-field-applicant = Applicant
onestop-province-field-number = Personal number
onestop-province-field-phone = Telephone
onestop-province-field-address = Address
onestop-province-field-request = Subject
onestop-province-field-receiver = Officer in charge
onestop-province-field-received = Received on
onestop-province-field-due = Promised
onestop-province-field-ended = Ended on
onestop-province-field-updated = Last change
onestop-province-differences = What differs between commune and province
onestop-province-differences-lead = Ticked rows follow the province; untick those that shall not change.
onestop-province-tells-of = as of { $when }
onestop-province-new = New
onestop-province-changed = Different
onestop-province-same = The same
onestop-province-older = Ours is newer
onestop-province-older-how = The commune worked on these after the moment of the file, or the file tells an old status. Nothing is overwritten.
onestop-province-wrong = Rows that cannot be used
onestop-province-wrong-how = Mend them in the file or in the provincial system and upload it again; the other rows can be taken over.
onestop-province-tick = Tick
onestop-province-ours = Here
onestop-province-theirs = In the province
onestop-province-nothing = Nothing more is to be taken over from this file.
onestop-province-more = { $count ->
    [one] One more row appears after these are taken over.
   *[other] { $count } more rows appear after these are taken over.
}
onestop-province-apply = Take over the ticked rows
onestop-province-applied = { $count } new dossiers, { $total } updated, { $done } rows left.
onestop-province-no-code = The dossier code is missing.
onestop-province-wrong-code = The dossier code "{ $text }" is not valid.
onestop-province-wrong-status = The status "{ $text }" is not understood.
onestop-province-wrong-day = The day "{ $text }" cannot be read.
onestop-province-twice = This dossier code stands in row { $row } already, with other content.
onestop-province-no-applicant = The applicant's name is missing.
onestop-province-unknown-procedure = The commune has no procedure "{ $text }".
onestop-province-no-dossiers = The commune takes no dossiers of procedure { $text }.
onestop-province-other-procedure = Here this dossier code belongs to another procedure ({ $code }).

# Notices of money, and money paid on the national portal
onestop-pay-other-account = into another account
onestop-pay-portal = Paid on the National Public Service Portal
onestop-pay-portal-keep = Record
onestop-pay-portal-kept = The payment on the portal is recorded.
onestop-pay-reference = The portal's transaction number
onestop-pay-reference-help = As it stands on the electronic receipt. Each number is recorded once.
onestop-pay-reference-wrong = The number has letters without marks, digits and - . _ / only
onestop-pay-known = This number is recorded for another dossier or another sum.
onestop-pay-sum-wrong = The sum must be more than 0 and at most what is left to pay.
onestop-pay-future = This day is still to come.
onestop-notice-unsigned = The headers with moment and signature are missing.
onestop-notice-signature = The signature is wrong.
onestop-notice-moment = The moment of the notice is more than 5 minutes away.
onestop-notice-body = The notice cannot be read.
onestop-notice-no-reference = The notice has no reference.

# Telling other programs
onestop-menu-hooks = Outgoing connections
onestop-hooks-lead = Other programs (a portal of the province, an application of a village) are told at once what happens to dossiers: code, status and promised day, no names.
onestop-hooks-list = Programs that are told
onestop-hooks-none = No program is connected yet.
onestop-hook-secret-once = This is the key to check signatures with. Copy it now, it is not shown again.
onestop-hook-since = since { $day }
onestop-hook-last = last notice arrived { $day }
onestop-hook-waiting = { $count ->
    [one] one notice has not arrived
   *[other] { $count } notices have not arrived
}
onestop-hook-renew = New key
onestop-hook-renew-ask = Make a new key? The old one ends at once.
onestop-hook-end = Stop telling
onestop-hook-end-ask = Stop telling this program?
onestop-hook-ended = It is not told any more.
onestop-hook-new = New connection
onestop-hook-name = Name of the program
onestop-hook-name-help = To know it in the list.
onestop-hook-name-wrong = A name is needed, of at most 80 characters.
onestop-hook-address = Address that takes notices
onestop-hook-address-help = Begins with https://
onestop-hook-address-wrong = The address begins with https:// and has no user name in it.
onestop-hook-events = Told when
onestop-hook-events-none = Choose at least one.
onestop-hook-too-many = There are 20 connections. Stop one before you add another.
onestop-hook-keep = Connect
onestop-hook-unreached = The other program did not take the notice.
job-onestop-notice = Telling other programs
scope-dossier = Dossiers of the one-stop desk
scope-payment = Fees
scope-procedure = Procedures

# Telling the provincial system
onestop-upward = Telling the provincial system
onestop-upward-waiting = { $count ->
    [one] one message waits
   *[other] { $count } messages wait
}
onestop-upward-refused = { $count ->
    [one] one was refused
   *[other] { $count } were refused
}
onestop-upward-send-again = Send the refused again
onestop-upward-again = They are being sent again.
job-onestop-province-send = Telling the provincial system
