reach-desk-lead = Which households each campaign has reached, by which way, and which not.
reach-none-work = Press "New campaign": what it is about, for which households, until which day.
reach-goal-of = goal { $total } %
reach-parts = In person { $done } · by message alone { $number } · { $count } households want help
reach-compared = Villages compared
reach-compared-how = Share of households reached in the newest campaigns. A warning sign: behind, or ended below the goal.
reach-behind = behind
reach-new = New campaign
reach-new-lead = Say what it is about and for which households. The list of households is frozen, and the heads are told, only when you press "Start" on the next page.
reach-prepare = Continue
reach-prepared = Made. Look at it, then press "Start".
reach-edit = Edit
reach-edit-running = The campaign runs: its words, goal and last day may change. Its list of households is frozen and stays.
reach-saved = Saved.
reach-title = Name of the campaign
reach-title-help = For example: A VNeID account in every household
reach-topic = Topic
reach-topic-choose = Choose a topic
reach-say = What to tell
reach-say-help = A few short sentences: what to know, what to do, where. Heads say just this at the door.
reach-link = Page that explains it
reach-link-help = The path of an article, a procedure or a poll of the commune, such as /thu-tuc
reach-audience-help = Taken from the registry on the first day.
reach-villages = Which villages
reach-villages-help = None ticked: the whole commune.
reach-whole-commune = Whole commune
reach-from = From
reach-until = Until the end of
reach-until-help = It ends by itself after this day.
reach-goal = Goal (% of households)
reach-goal-help = Per cent of the households to be reached.
reach-lead = Who leads it
reach-lead-none = Nobody yet
reach-place = Where
reach-days = Days
reach-facts = About it
reach-look = See the public page
reach-draft-title = Not started yet
reach-draft-how = Press "Start": the list of households is taken from today's registry and the heads are told.
reach-start = Start
reach-start-how = Takes the list of households from today's registry and tells the heads. Households that come later are added by a button; those that are no more leave by themselves.
reach-started = Started. The heads were told.
reach-add-later = Add new households
reach-later = { $count ->
    [one] One household came, or began to fit, after the first day.
   *[other] { $count } households came, or began to fit, after the first day.
}
reach-added-later = { $count ->
    [one] One household was added.
   *[other] { $count } households were added.
}
reach-end = End early
reach-end-how = Nothing more can be noted. The numbers stay.
reach-ended = Ended.
reach-withdraw = Withdraw
reach-withdraw-how = For a campaign that was a mistake: it counts nowhere any more. Everybody can read the reason.
reach-withdrawn = Withdrawn.
reach-why = Reason
reach-next = Next
reach-reached = Reached
reach-reached-homes = Households reached
reach-of-homes = { $done } of { $total } households
reach-share = Share
reach-by-person = In person
reach-only-message = By message alone
reach-delivered = delivered to { $count } households; delivered does not count
reach-not-reached = Not reached
reach-away-count = { $count } visited, nobody home
reach-help = Want help
reach-refused-count = { $count } do not want to
reach-map = Share of households reached
reach-trend = Share of households reached, week by week
reach-table = By village and way
reach-table-how = A household may be reached in several ways, so the ways may add up to more than the households reached.
reach-homes = Households
reach-sum = Sum
reach-times = { $count ->
    [one] once
   *[other] { $count } times
}
reach-loudspeaker = Loudspeaker
reach-loudspeaker-how = Nobody knows which household heard a loudspeaker. It is counted by times read out and never as a household reached.
reach-times-label = Times read out
reach-heard-times = Read out { $count } times, last on { $day }
reach-heard-save = Note it was read out
reach-heard-noted = The reading was noted.
reach-heard-back = The reading was taken back.
reach-meetings = Village meetings
reach-meetings-how = Link the meeting at which this was spoken of: the households ticked there count as reached.
reach-meetings-none = No meeting since the first day. Call one in the village's book.
reach-meeting = Meeting
reach-meeting-choose = Choose a meeting
reach-meeting-line = { $name } · { $day } · { $count } households
reach-meeting-link = Link the meeting
reach-meeting-linked = { $count ->
    [one] Linked: one household that came counts as reached.
   *[other] Linked: { $count } households that came count as reached.
}
reach-meeting-drop = Unlink
reach-meeting-unlinked = Unlinked. Households reached by this meeting alone are open again.
reach-which = List
reach-which-open = Not reached
reach-which-reached = Reached
reach-which-help = Want help
reach-which-away = Nobody home
reach-which-message = By message alone
reach-which-all = All
reach-find = Find a head of household
reach-more = { $count ->
    [one] One household more. Type a name to find it, or
   *[other] { $count } households more. Type a name to find one, or
}
reach-all-reached = Every household is reached
reach-all-reached-how = The village has reached every household on its list.
reach-homes-none = No household
reach-homes-none-how = Look at another list or for another name.
reach-homes-masked = Names are masked. Press "Show" to see one; the look is recorded.
reach-goal-met = The goal of { $total } % is met.
reach-goal-left = Goal { $total } %: { $count } households to go.
reach-away-on = Nobody home on { $day }
reach-just = Noted: { $name }
reach-just-how = What came of it? You may skip this.
reach-many = Note several at once
reach-many-how = Tick households above, choose the way, then note them: for a class, or people met together.
reach-many-save = Note the ticked ones
reach-day = Day
reach-noted = Noted as reached.
reach-noted-more = What came of it was noted.
reach-noted-known = Somebody has noted this household already.
reach-noted-nobody = Noted: nobody home. The household is not counted as reached.
reach-noted-many = { $count } households noted; { $total } had been noted before.
reach-note-back = { $count ->
    [one] One household was taken back.
   *[other] { $count } households were taken back.
}
reach-note = What came of it
reach-note-save = Note
reach-words = Short note
reach-words-help = For example: come on Saturday evening. Nothing about health, religion or family matters.
reach-story = Noted so far
reach-story-none = Nobody has noted anything of this household.
reach-paper = Print the list
reach-paper-lead = The households not reached yet, to be ticked by hand from house to house.
reach-back-all = Whole commune
reach-number = No.
reach-head = Head
reach-visited = Reached
reach-code = Household
reach-address = Address
reach-reached-on = Reached on
reach-tried-on = Nobody home on
reach-send = Write to those not reached
reach-send-lead = It goes to the inboxes of people in households that were not reached. Only opening it counts as reached.
reach-send-who = Who gets it
reach-send-homes = { $count ->
    [one] One household not reached
   *[other] { $count } households not reached
}
reach-send-with = { $count } households with an account ({ $number } people): the message arrives
reach-send-without = { $count ->
    [one] One household without any account: visit it or meet it in the village
   *[other] { $count } households without any account: visit them or meet them in the village
}
reach-send-preview = Look at the message
reach-send-title = Title
reach-send-body = Text
reach-send-body-help = A link to the campaign's page goes along.
reach-send-also = Also by
reach-send-now = Send
reach-send-nobody = No household that was not reached has an account.
reach-sent = { $count ->
    [one] Sent to one person.
   *[other] Sent to { $count } people.
}
reach-sendings = Sent
reach-sendings-how = Delivered and opened are two things: only households in which somebody opened it count.
reach-sendings-none = Nothing was sent yet.
reach-sent-line = Delivered to { $count } households ({ $number } people) · opened by { $done }
reach-goal-name = Goal
reach-goal-short = { $count ->
    [one] one household to go
   *[other] { $count } households to go
}
reach-more-all = Show all
