kind-reach = Campaign
reach-menu = Campaigns
reach-front = Home
reach-back = Back
reach-all = All
reach-public = Campaigns
reach-public-line = See what the commune campaigns for and say that your household knows.
reach-public-lead = What the commune asks everybody to join in, and how many households each village has reached.
reach-panel = Campaigns now
reach-running-ones = Running
reach-over-ones = Over
reach-none = No campaign yet
reach-none-public = When the commune campaigns for something, it stands here for everybody to read.
reach-state-draft = Draft
reach-state-running = Running
reach-state-ended = Ended
reach-state-withdrawn = Withdrawn
reach-state-over = Past its last day
reach-audience = Which households
reach-audience-all = All households
reach-audience-no_fibre = Households without fibre
reach-audience-no_smartphone = Households without a smartphone
reach-audience-poor = Poor and near-poor households
reach-channel = How
reach-channel-visit = Visit
reach-channel-meeting = Village meeting
reach-channel-class = Class
reach-channel-desk = At the desk
reach-channel-message = Message opened
reach-channel-zalo = Zalo group
reach-channel-app = Said so themselves
reach-channel-other = Other
reach-outcome = What came of it
reach-outcome-told = Spoken to
reach-outcome-understood = Understood
reach-outcome-does = Does it already
reach-outcome-help = Wants help
reach-outcome-refused = Does not want to
reach-outcome-nobody = Nobody at home
reach-source-hand = Noted by hand
reach-source-meeting = From the attendance of a meeting
reach-source-message = From an opened message
reach-source-resident = Said by the household
reach-not-linked = This account is not linked to a name in the registry yet. Come to the one-stop desk with your identity card.
reach-title-empty = Give the campaign a name.
reach-say-empty = Write what households are to know or to do.
reach-link-wrong = Link to a page of the commune only: a path that begins with /, such as /thu-tuc.
reach-goal-wrong = Give a goal between 1 and 100 per cent.
reach-from-past = The first day must be today or later.
reach-until-before = The last day is over or before the first. Mend the days.
reach-too-long = A campaign lasts a year at most.
reach-why-empty = Write the reason, so that everybody understands.
reach-moved-on = Somebody else has just changed this. Look again, then go on.
reach-is-over = This campaign is over and cannot be edited any more.
reach-not-running = This campaign does not run any more, so nothing can be noted.
reach-nobody = No household fits. Choose other villages or other households.
reach-day-ahead = This day is still to come. Give the day on which it was done.
reach-day-before = The campaign began on { $day }. Give that day or a later one.
reach-times-wrong = Give a number from 1 to { $number }.
reach-tick-some = Tick at least one household.
reach-meeting-known = This meeting is linked already.
reach-letter-start = A campaign begins: { $name }. Reach every household by { $day }.
reach-letter-behind = { $count ->
    [one] One household is not reached yet: { $name }. It ends on { $day }.
   *[other] { $count } households are not reached yet: { $name }. It ends on { $day }.
}
reach-waits-left = { $count ->
    [one] One household not reached: { $name }
   *[other] { $count } households not reached: { $name }
}
reach-waits-help = { $count ->
    [one] One household wants help: { $name }
   *[other] { $count } households want help: { $name }
}
reach-homes-of = households reached of all households
reach-own-known = My household knows
reach-own-open = My household has not said so
reach-own-known-long = Your household is noted. Thank you.
reach-say-public = What to know
reach-link-open = Read how
reach-know = I know this
reach-know-how = Press this once you have read it: the officers then know that your household knows, and nobody has to come and remind you.
reach-thanks = Noted. Thank you.
reach-sign-in = Do you live here? Sign in to say that your household knows.
reach-how-far = How many households it has reached
reach-no-names = Only shares stand here. Which households were reached is known to the village head and the officers in charge alone.
reach-bars = Share of households reached, by village
reach-village = Village
reach-tap = Reached
reach-tap-desk = Told at the desk
reach-tap-nobody = Nobody home
