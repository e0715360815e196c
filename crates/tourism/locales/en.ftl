# family: tourism-kind-
# family: tourism-request-state-
tourism = Visit and culture
tourism-line = Festivals, sights, crafts, homestays
tourism-lead = Festivals, sights, craft villages, food and places to stay in the commune: when to come, how to get there, whom to call.
tourism-kind-festival = Festivals
tourism-kind-sight = Sights and heritage
tourism-kind-craft = Crafts
tourism-kind-stay = Homestays
tourism-kind-food = Food
tourism-kind-service = Experiences and services
tourism-kind-speciality = Local specialities
tourism-kinds = Kinds of places
tourism-all = All
tourism-every = All
tourism-any-month = Any
tourism-search = Search places
tourism-when = Month of your visit
tourism-month = { $count ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 }
tourism-month-short = { $count ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 }
tourism-filter = Search
tourism-filter-none = Clear filters
tourism-found = Search for “{ $words }”
tourism-count = { $count ->
    [one] { $count } place
   *[other] { $count } places
 }
tourism-coming = Festivals coming up
tourism-now = Good to see in { $count ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 }
tourism-calendar = Festivals of the commune
tourism-calendar-take = Add to your calendar
tourism-map = Map of places
tourism-map-one = Where { $name } is in the commune
tourism-everything = All places
tourism-result = Places found
tourism-nothing = No such place yet
tourism-nothing-how = Remove one of the filters, or search for another word. Vietnamese marks are not needed.
tourism-empty = The commune has not published any place yet
tourism-empty-how = Festivals, sights and places to stay will appear here.
tourism-panel = What visitors find in the village
tourism-see-all = See all
tourism-lunar-day = day { $day } of lunar month { $month }
tourism-off-badge = Not held this year
tourism-off = Not held: { $reason }
tourism-days = Dates
tourism-season = Good months to come
tourism-facts = Good to know
tourism-hours = Opening hours
tourism-price = Price
tourism-price-begins = from { $price }
tourism-price-asked = { $price } (as told on { $day }, unverified)
tourism-dong = VND
tourism-free = free of charge
tourism-capacity = Room for
tourism-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
tourism-languages = Languages spoken
tourism-way = Getting there
tourism-honour = Recognition, licence
tourism-honour-number = No. { $number }
tourism-facility = What is there
tourism-contact = Contact
tourism-contact-office = No telephone number is given here. Send a question and the commune passes it on.
tourism-zalo = Zalo { $number }
tourism-where = Where it is
tourism-navigate = Open in a map app
tourism-pictures = Pictures
tourism-credit = Picture
tourism-news = Related news (in Vietnamese)
tourism-share = Share
tourism-copy = Copy the address
tourism-address = Address of this page
tourism-preview = Preview
tourism-preview-how = This page is not published; only those with the link can see it.
tourism-only-vi = This text is in Vietnamese only
tourism-only-vi-how = Nobody has translated it yet. The names are as people here use them.
tourism-gone = This page has been taken down
tourism-before = Before you come
tourism-emergency = In an emergency
tourism-office-call = Commune office:
tourism-ask = Ask for a place
tourism-ask-lead = Ask whether there is room. This is no booking, and you pay nothing.
tourism-ask-keep = Only those who answer see your name and number; they are deleted { $count } days after the last day you ask for.
tourism-ask-name-label = Your name
tourism-ask-name = Write your name.
tourism-ask-phone-help = With the country code, for example +84. Give a telephone number or an e-mail address.
tourism-ask-way = A telephone number or an e-mail address is needed for the answer.
tourism-ask-from = First day
tourism-ask-to = Last day
tourism-ask-to-help = Leave empty for a day trip.
tourism-ask-people = Number of people
tourism-ask-people-wrong = From 1 to { $limit } people. For a larger group, please call the commune.
tourism-ask-words = Message
tourism-ask-words-help = For example: vegetarian food, small children, time of arrival.
tourism-ask-send = Send the question
tourism-ask-day = Write the day on which you come.
tourism-ask-past = This day is over.
tourism-ask-far = This day is too far ahead; please ask nearer to it.
tourism-ask-order = The last day must be after the first.
tourism-ask-long = For such a long stay, please call the commune.
tourism-ask-days = Days
tourism-ask-yours = Your question
tourism-ask-waits = Your question has arrived. Come back to this page for the answer.
tourism-ask-keep-code = Keep this to see the answer
tourism-ask-keep-how = Whoever has this address sees the answer. Copy or print it.
tourism-ask-address = Address of the answer
tourism-ask-code = Code
tourism-request = Question about a place
tourism-request-state-asked = Waiting for an answer
tourism-request-state-answered = Answered
tourism-request-state-closed = Closed
tourism-asked = Your question was sent. Keep the address of this page to see the answer.
tourism-asked-at = Sent
tourism-delete-on = Deleted on
tourism-answer = Answer
tourism-forget = Delete this question
tourism-forget-ask = Delete the question with your name and number? It cannot be brought back.
tourism-forgotten = The question was deleted.
tourism-robot = The form could not be sent. Leave the hidden field empty.
tourism-trap = Leave this field empty
tourism-too-many = This device has asked many times within an hour. Please wait a while, or call.
tourism-phone = Telephone
tourism-email = E-mail
tourism-phone-wrong = This is no telephone number. Right: 0912 345 678, or +49 30 1234567.
tourism-email-wrong = This is no e-mail address. Right: name@example.com.
tourism-open = Places for visitors
tourism-open-about = Published places: kind, village, position, good months, prices as they were told. The contact of a private person only with consent.
tourism-figures = Visit and culture
figure-tourism-places = Places for visitors
figure-tourism-places-how = Festivals, sights, crafts, stays, food, services and specialities that everybody could see at the end of the day.
figure-homestays = Homestays
figure-homestays-how = Places to stay that everybody could see at the end of the day. Unpublished ones do not count.
figure-festivals = Festivals
figure-festivals-how = Festivals that everybody could see at the end of the day.
figure-unit-place = places
kind-tourism = Visit
