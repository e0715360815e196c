# family: village-meeting-state-
# family: village-came-
village-meetings = Village meetings
village-meetings-none = No meeting yet
village-meetings-none-how = Call a meeting with its invitation; on the day tick the households, count hands, write the minutes.
village-meetings-quiet = When the head of the village calls a meeting, its day and what came of it stand here.
village-meeting-state-called = To come
village-meeting-state-held = Held
village-meeting-state-cancelled = Cancelled
village-meeting-unclosed = Without minutes
village-meeting-new = Call a meeting
village-meeting-title = About what
village-meeting-title-help = For example: Meeting of the third quarter, road of group 2
village-meeting-title-empty = Write what the meeting is about.
village-meeting-day-wrong = Choose a day from today on, within a year.
village-meeting-hour = At what time
village-meeting-hour-empty = Write the time, for example 19:30.
village-meeting-place = Where
village-meeting-place-usual = House of culture of the village
village-meeting-place-empty = Write where it is.
village-agenda = Agenda
village-agenda-help = One matter a line.
village-meeting-agenda-empty = Write the agenda.
village-meeting-send = Publish the invitation
village-meeting-send-help = It becomes a notice of the village: in inboxes, on the page, printed for the board.
village-meeting-invited = The meeting is called and the invitation is out.
village-meeting-kept = The meeting is noted.
village-meeting-invite-title = Invitation to the village meeting: { $name }
village-meeting-invite = One person of each household is asked to come at { $hour } on { $day }, { $place }.
village-meeting-closed = This meeting is closed.
village-meeting-not-yet = Its day has not come.
village-meeting-cancel = Cancel the meeting
village-meeting-cancel-how = The invitation is taken down; letters that nobody has opened go too.
village-meeting-cancelled = The meeting is cancelled.
village-meeting-close = Close the meeting
village-meeting-done = { $count ->
    [one] The minutes are written; one household was there.
   *[other] The minutes are written; { $count } households were there.
  }
village-attendance = Attendance
village-tick = Tick the households
village-tick-save = Save attendance
village-ticked = { $count ->
    [one] Saved: one household is there.
   *[other] Saved: { $count } households are there.
  }
village-came-self = Present
village-came-proxy = By proxy
village-present = Households represented
village-present-of = { $done } of { $total } households were represented.
village-quorum-enough = { $done } / { $total } households: enough to meet
village-quorum-missing = { $done } / { $total } households: not enough to meet
village-law-unverified = By { $name }; the shares want a word of the justice officer.
village-votes = Votes
village-votes-none = Nothing was voted on yet.
village-vote-question = The question
village-vote-question-empty = Write what is voted on.
village-vote-matter = Kind of matter
village-vote-matter-help = Contributions count against all households, common matters against those present.
village-vote-yes = For
village-vote-no = Against
village-vote-abstain = Other opinion
village-vote-number = Write how many households raised a hand.
village-vote-more = More were counted than households are there ({ $count }). Look at the attendance again.
village-vote-nobody = Tick who is there first: no household is.
village-vote-send = Write down
village-vote-said = Written down. It does not carry.
village-vote-said-carried = Written down. It carries.
village-vote-numbers = { $yes } for, { $no } against, { $other } other; { $present } of { $homes } households there
village-vote-carried = Carried
village-vote-failed = Not carried
village-vote-too-few = Too few households
village-vote-drop = Drop, count again
village-vote-dropped = This count is gone.
village-minutes = Minutes
village-minutes-how = After the meeting look at attendance and votes, then write the minutes. They are not changed afterwards.
village-minutes-write = Write the minutes
village-minutes-lead = The beginning is filled in from attendance and votes. Add what people said.
village-minutes-empty = Write the minutes.
village-minutes-vote = - { $name }: { $yes } for, { $no } against, { $other } other
village-minutes-photo = Picture of the signed minutes
village-minutes-photo-help = Photograph the sheet with its signatures, if there is one.
village-minutes-print = Print the minutes
village-minutes-of = Minutes: { $name }
village-minutes-writer = Secretary of the meeting
village-decisions = Decisions
village-decisions-help = What was decided, one a line. Everybody can read it.
