# family: office-task-state-
# family: office-task-happened-
# family: office-task-source-
# family: office-duty-
# family: office-extension-

office-tasks = Tasks from this document
office-task = Task
office-task-menu = Tasks
office-task-none = There are no tasks
office-task-none-how = What you are charged with stands here.
office-task-new = Give a task
office-task-new-lead = Charge one main doer; add others who help and who should know. Everybody finds it in their list and inbox.
office-task-title = What is to be done
office-task-title-empty = Please write what is to be done.
office-task-body = Directive
office-task-body-help = What exactly, and what result is good.
office-task-due = Deadline
office-task-due-past = The deadline is today or a later day.
office-task-until = until the end of { $day }
office-task-main-empty = Please choose the main doer.
office-task-who-wrong = This person cannot be charged; please choose again from the list.
office-task-too-many = At most { $limit } people for one task.
office-task-all-heads = All village heads
office-task-give = Give the task
office-task-given = Task { $code } was given.
office-task-giver = Given by
office-task-given-at = Given at
office-task-ended-at = Ended at
office-task-acknowledged = Acknowledged
office-task-over = This task is over.
office-task-late = Overdue
office-task-done-late = Done, late
office-task-tab-mine = Mine
office-task-tab-mine-over = Done by me
office-task-tab-given = Given by me
office-task-tab-open = Running
office-task-tab-late = Overdue
office-task-tab-over = Over
office-task-wait-mine = { $count ->
    [one] { $count } task waits for you
   *[other] { $count } tasks wait for you
  }
office-task-wait-accept = { $count ->
    [one] { $count } task reported as done waits for you
   *[other] { $count } tasks reported as done wait for you
  }
office-task-source-own = Given directly
office-task-source-incoming = From an incoming document
office-task-source-plan = From a plan
office-task-source-meeting = From a meeting
office-task-state-open = Running
office-task-state-reported = To be looked at
office-task-state-done = Done
office-task-state-cancelled = Taken back
office-task-happened-assigned = Given
office-task-happened-acknowledged = Acknowledged
office-task-happened-progress = Progress reported
office-task-happened-part-done = Own part done
office-task-happened-reported = Reported as done
office-task-happened-accepted = Found done
office-task-happened-returned = To be gone on with
office-task-happened-extension-asked = Asked for more time
office-task-happened-extended = More time given
office-task-happened-not-extended = No more time given
office-task-happened-cancelled = Taken back
office-task-happened-reminded = Reminded by itself
office-task-happened-escalated = Leaders told that it is overdue
office-task-accept = It is done
office-task-accepted = The task is done.
office-task-return = Go on with it
office-task-returned = It went back to the main doer.
office-task-cancel = Take back
office-task-cancelled = The task was taken back.
office-direct = Give a directive
office-duty-main = Main doer
office-duty-co = Co-doer
office-duty-inform = For information
office-part-delivered = Not seen
office-part-seen = Seen
office-part-acknowledged = Acknowledged
office-part-done = Done
office-recipients = Recipients
office-who = Name
office-seen-at = Seen at
office-acknowledged-at = Acknowledged at
office-progress = Progress (%)
office-progress-short = Progress
office-progress-wrong = Progress is a number from 0 to 100.
office-acknowledge = I have it
office-acknowledged = Thank you. Whoever gave the task knows that you have it.
office-report = Report
office-report-words = What has been done
office-report-help = In short, or just send a picture or a voice note.
office-report-empty = Write some words, or send a picture or a voice note.
office-report-send = Send progress
office-report-done = Report it as done
office-report-part-done = My part is done
office-report-sent = The report was sent.
office-evidence = Pictures and files as evidence
office-voice = Record a voice note
office-judge = Look at it
office-words-to = Words with it
office-extension-waiting = Waits for an answer
office-extension-granted = More time was given.
office-extension-refused = The answer is no more time.
office-extension-ask = Ask for more time
office-extension-until = Until
office-extension-send = Send the request
office-extension-asked = The request was sent.
office-extension-earlier = The day must be after the deadline as it is.
office-extension-waits = A request for more time waits already.
office-extension-answered = This request has been answered.
office-extension-grant = Give more time
office-extension-refuse = No more time
office-told-main = You are the main doer of task { $code }, deadline { $day }.
office-told-co = You are a co-doer of task { $code }, deadline { $day }.
office-told-inform = Task { $code } is for your information.
office-told-reported = Task { $code } was reported as done and waits for you.
office-told-accepted = Task { $code } was found done.
office-told-returned = Task { $code } is to be gone on with; the reason stands there.
office-told-cancelled = Task { $code } was taken back.
office-told-extension = More time is asked for task { $code }.
office-told-extended = Task { $code } has time until { $day }.
office-told-not-extended = No more time is given for task { $code }.
office-told-soon = Task { $code } is due soon ({ $day }).
office-told-late = Task { $code } is overdue ({ $day }).
office-told-escalated = Task { $code } is overdue ({ $day }) and not done.
