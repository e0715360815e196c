# Acts asked for at the same time
onestop-linked-together = At the same time
onestop-linked-help = Filled in once, sent once. What you answered and photographed above is used again; each procedure has its own code and promised day.
onestop-linked-add = Add
onestop-linked-added = Added. Fill in what is missing, then go back to the main application to send it.
onestop-linked-drop = Remove
onestop-linked-dropped = The added procedure was removed.
onestop-linked-ready = Complete
onestop-linked-missing = { $count ->
    [one] One thing is missing
   *[other] { $count } things are missing
}
onestop-linked-lacks = The added procedure “{ $name }” is not filled in yet.
onestop-linked-guided = To be done next at another office
onestop-linked-part = This part is sent with the main application.
onestop-linked-back = Back to the main application to send it
onestop-linked-inner = This part belongs to another application and is sent with it.
onestop-linked-sisters = Handed in at the same time
onestop-linked-with = Handed in with it
onestop-linked-counter = Take it in as well; what was answered is filled in
onestop-linked-other = The main dossier is not this person's, or cannot go with this procedure.
