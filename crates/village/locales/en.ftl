# family: village-notice-state-
village-menu = Village books
village-menu-lead = The book of each village: notices, meetings, funds, smart-village criteria.
village-none = No village yet
village-none-how = Villages are kept in the commune's list of units.
village-book-of = Book of { $name }
village-tab-first = Overview
village-public = The village's page
village-home = Home
village-all = See all
village-see = See
village-back = Back
village-head = Head of the village
village-picture = Picture
village-changed = The book has just changed. Look again, then go on.
village-notices = Notices of the village
village-notice-new = Write a notice
village-notice-lead = Residents with an account have it in their inbox at once; everybody reads it on the village's page.
village-notice-title = Title
village-notice-title-help = What and when. For example: No electricity on Saturday morning
village-notice-title-empty = Write the notice's title.
village-notice-body = Text
village-notice-body-empty = Write the notice's text.
village-notice-from = Publish on
village-notice-from-help = Empty: now.
village-notice-until = Take down after
village-notice-until-help = Empty: it hangs for 14 days.
village-notice-until-before = The last day must not be before the first.
village-notice-too-long = A notice hangs for a year at most.
village-notice-send = Publish
village-notice-published = { $count ->
    [0] It stands on the village's page. Nobody in the village has an account yet.
    [one] It stands on the village's page and in the inbox of one resident.
   *[other] It stands on the village's page and in the inboxes of { $count } residents.
  }
village-notice-planned = It goes out by itself on { $day }.
village-notice-taken-back = Taken down. Letters that nobody had opened are gone too.
village-notice-take-back = Take down
village-notice-gone = This notice was taken down already.
village-notice-state-planned = Waits for its day
village-notice-state-out = Published
village-notice-state-taken_back = Taken down
village-notice-over = Over
village-notice-days = From { $from } to { $until }
village-notice-told = { $count ->
    [one] sent to one person
   *[other] sent to { $count } people
  }
village-notice-none = No notice yet
village-notice-none-how = Write once: residents have it in their inbox, the village's page shows it, print it for the board.
village-notice-quiet = No notice now
village-notice-quiet-how = When the head of the village publishes a notice, you read it here.
village-notice-sheet = Print for the board
village-notice-sheet-lead = One A4 page in large letters, with a code for the telephone.
village-notice-word = Notice
village-notice-qr = Code that opens this notice on a telephone
village-notice-until-day = Hangs until the end of { $day }
village-notice-letter = Notice of { $village }: { $name }
