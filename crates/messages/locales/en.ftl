messages-menu-group = System
messages-title = Inbox
messages-read-all = Mark all as read
messages-all-read = { $count ->
    [one] One letter marked as read.
   *[other] { $count } letters marked as read.
}
messages-empty-title = No letters yet
messages-empty = What you should know (a proposal approved, work finished, a deadline near) will lie here.
messages-new = New
mail-subject = A note from the commune's platform
mail-address-wrong = The e-mail address is not right, so nothing was sent.
mail-refused = The mail server refuses this address. Correct it in the account, then run this again.
mail-server-away = The mail server could not be reached; we will try again by ourselves.
job-messages-mail = Send e-mail
work-menu = Work in progress
work-title = Work in progress
work-empty-title = No work yet
work-empty = Work that takes time, such as importing an Excel file, stands here with its progress. You may leave the page; the work goes on.
work-progress = Working
work-leave = You may leave this page; the work goes on and its result stands under “Work in progress”.
work-look = See the result
work-cancel = Stop this work
work-cancel-sure = Stop this work? What is not finished will not be saved.
work-cancelled = The work was stopped.
work-state-queued = Waiting
work-state-running = Running
work-state-done = Done
work-state-cancelled = Stopped
work-state-dead = Failed, needs a look
work-dead-menu = Failed work
work-dead-title = Failed work
work-dead-waits = { $count ->
    [one] One failed job needs a look
   *[other] { $count } failed jobs need a look
}
work-dead-empty-title = Nothing has failed
work-dead-empty = Work that failed after several tries lies here with its reason, for the administrator to run again or drop.
work-attempts = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
work-retry = Run again
work-retried = The work is queued again.
work-drop = Drop it
work-drop-sure = Drop this work for good?
work-dropped = The work was dropped.
