portal-home = Home
portal-home-title = Home
portal-home-question = What do you need today?
portal-home-hint = Type what you are looking for, with or without marks: “birth”, “dong cam”, “figures”…
portal-home-doors = Common tasks
portal-home-live = Our commune today
portal-home-villages = { $count ->
    [one] One village
   *[other] { $count } villages
}
portal-menu-desk = Today's work
portal-desk-title = Today's work
portal-desk-greeting = Hello { $name }. Today is { $day }.
portal-desk-empty-title = Nothing waits for you
portal-desk-empty = Proposals, faults to mend and coming deadlines will stand here, late ones first.
portal-desk-late = Late
portal-desk-soon = Due soon
portal-desk-waiting = Waiting
portal-desk-active = In work
portal-desk-info = Note
portal-desk-done = Done
portal-desk-off = Not in force
portal-desk-honour = Honour
portal-search-title = Search
portal-search-hint = Type a person's name, a household code, a village, an organisation… Marks are not needed; the last word may be unfinished.
portal-search-count = { $count ->
    [one] One result.
   *[other] { $count } results.
}
portal-search-many = More than 1,000 results; some are shown. Type another word to narrow them.
portal-search-none-title = Nothing found
portal-search-none = Try fewer words, or only the name. Marks are not needed.
portal-kind-page = Page
portal-search-pages = Pages and figures
portal-map = Map of the commune
portal-map-line = Culture houses, places to visit, reports
portal-map-lead = The villages and the places that people look for. Choose what to see, or open the large map to zoom in.
portal-map-layers = Shown on the map
portal-map-show = Show
portal-map-none-title = No village boundaries yet
portal-map-none = The map appears here when the commune has entered the boundaries of its villages. The lists below work without it.
portal-map-villages = Page of each village
