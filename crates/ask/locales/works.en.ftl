ask-works = Works
ask-works-none = No works yet. Write down at least two to choose from.
ask-works-many = At most { $count } works.
ask-few-works = At least two works are needed to choose from.
ask-work-name = Work
ask-work-name-help = For example: Concrete road of group 2, 300 m
ask-work-name-empty = Write what is to be built.
ask-work-place = Where
ask-work-place-empty = Write where.
ask-work-cost = What it costs (đồng)
ask-work-cost-help = Leave it empty if you do not know; the village will reckon it.
ask-work-too-dear = The cost is needed, and it is not more than the budget.
ask-work-about = Description
ask-work-add = Add the work
ask-work-added = It is on the ballot.
ask-work-take = Put on the ballot
ask-work-drop = Keep off
ask-work-dropped = It is off the ballot.
ask-work-propose = Propose a work
ask-work-proposed = Your proposal is here. The village reads it and puts it on the ballot.
ask-work-held = Proposed by a resident
ask-work-refused = Not on the ballot
ask-work-chosen = Chosen
ask-work-not-chosen = Not chosen
ask-work-state-in = On the ballot
ask-work-state-held = Proposed by a resident
ask-work-state-refused = Not on the ballot
ask-way-not = Has not voted
ask-way-online = Has voted online
ask-way-paper = Has a paper ballot
ask-budget = Budget
ask-budget-help = The money of this round, đồng.
ask-picks = Each household chooses
ask-picks-help = How many works a household may tick at most, 1 to 10.
ask-pick-upto = { $count ->
    [one] Each household chooses one work.
   *[other] Each household chooses at most { $count } works.
}
ask-pick-one = Tick at least one work.
ask-pick-fewer = { $count ->
    [one] Tick one work only.
   *[other] Tick at most { $count } works.
}
ask-turnout = Households taking part
ask-given = Households that voted
ask-turnout-enough = At least { $count }% of the households took part: the result holds.
ask-turnout-missing = The result holds when at least { $count }% of the households take part.
ask-roll = Households
ask-roll-lead = The households of the registry on the day of opening. Here one knows who has voted, not for what.
ask-find-home = Find a head of household
ask-home-none = No household
ask-home-none-how = The list is taken from the registry on the day of opening; or try another name.
ask-not-on-roll = This household is not on the list of the day of opening. Ask the head of the village.
ask-too-young = One votes for the household from { $count } years on.
ask-voted-already = This household has voted. One household one vote.
ask-paper-handed = This household has a paper ballot and cannot vote online.
ask-paper-hand = Hand a paper ballot
ask-paper-sure = Hand a paper ballot to this household? It cannot vote online any more.
ask-paper-given = Noted: the household has a paper ballot.
ask-paper-sheets = Print paper ballots
ask-paper-sheets-lead = Every ballot has a code of its own. The voter keeps the part with the code to find the ballot again.
ask-paper-title = Ballot on works
ask-paper-keep = To be kept by the voter. After the count, look this code up at:
ask-paper-write = Write down this ballot
ask-paper-written = The ballot is written down.
ask-paper-drop = Take back
ask-paper-dropped = The ballot is taken back.
ask-paper-code-label = Code on the paper
ask-paper-code-help = The ten letters and digits printed on it.
ask-paper-code = The code is wrong. Look at the paper again.
ask-paper-twice = A ballot with this code is there already.
ask-papers-many = { $count ->
    [one] Only { $count } paper ballot was handed out.
   *[other] Only { $count } paper ballots were handed out.
}
ask-papers-handed = Paper ballots handed out
ask-papers-written = Paper ballots written down
ask-crosses = Ticks on the paper
ask-count = Count
ask-count-how = The last day is over. Write down each paper ballot, two people together. Then open the box; the result is public at once.
ask-count-now = Open the box and publish
ask-count-sure = Open the box and publish the result? This cannot be done again.
ask-counted = { $count ->
    [one] Counted: { $count } household took part.
   *[other] Counted: { $count } households took part.
}
ask-not-counting = Voting is not over, or everything is counted.
ask-not-counted = There are no minutes before the count.
ask-being-counted = Voting is over. The ballots are being counted; the result will stand here.
ask-minutes = Minutes of the count
ask-minutes-of = Minutes of the count
ask-minutes-writer = Written by
ask-minutes-head = Head of the village
ask-ballots = Ballots counted
ask-spoilt = Spoilt ballots
ask-ballot-spoilt = Spoilt ballot
ask-vote-go = Vote for my household
ask-vote-sign-in = Each household of the village has one vote. Sign in to vote, or take a paper ballot from the head of the village.
ask-booth = Ballot on works
ask-booth-choose = Which works does your household choose?
ask-code = Code of the ballot
ask-code-keep = The code of your ballot. Write it down or take a picture of the screen before you send it:
ask-code-why = After the count you find your ballot by this code. Nothing keeps whose code it is. Give it to nobody.
ask-code-after = After { $day }, look up this code on the page to see that your ballot was counted right.
ask-code-wrong = This code cannot be used, so the ballot was not sent. Here is a new one: write it down and send again.
ask-once = One household one vote. What is sent cannot be changed, so talk about it at home first.
ask-vote-send = Send the ballot
ask-voted = You have voted
ask-voted-text = Your ballot is in the box. Nobody knows what your household chose, nor do the officials.
ask-verify = Check it yourself
ask-verify-how = All ballots are published by their codes, without names. Look up yours; anybody can count them again.
ask-verify-find = Find the ballot
ask-verify-found = This ballot is there
ask-verify-missing = No ballot has this code. Look at the code again; if it is right, tell the head of the village or the commune at once.
ask-ballots-all = See all ballots
ask-ballots-file = Download the ballots (CSV)
ask-seal = Check sum (SHA-256)
ask-seal-how = It is made from the file of ballots. One letter changed in the file changes it.
ask-secret = Why does nobody know what a household chose?
ask-secret-how = The list of households says only that one has voted, not when and not for what. The ballots lie in a locked box, sorted by random codes, without names and times. Nobody can open the box before the end. After the count all ballots are published by their codes, so that anybody can count again.
ask-home-left = This household has left the village.
