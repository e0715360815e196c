village-name = Village
village-smart = Smart village
village-smart-short = Criterion
village-smart-met = Met
village-smart-missing = Not met
village-smart-open = Not judged
village-smart-unknown = Not known
village-smart-live = From the commune's list of boards and teams.
village-smart-unverified = This criterion could not be compared with the original text.
village-smart-evidence = Picture as evidence
village-smart-say = Judge
village-smart-state = Does the village meet it
village-smart-note = Evidence
village-smart-note-help = For example: the village's Zalo group has 96 members; wifi since 12/5
village-smart-note-empty = Write the evidence: what there is and where.
village-smart-day = The day must not be after today.
village-smart-send = Save
village-smart-said = Saved.
village-pilot = Smart-village pilot
village-pilot-short = Pilot
village-pilot-not = No pilot
village-pilot-name = Name pilots
village-pilot-is = From the day below the village is
village-pilot-from = From
village-pilot-source = Ground
village-pilot-source-empty = Write the decision or plan that names it.
village-pilot-named = Written down.
village-team = Digital team of the village
village-team-none = The village has no digital team yet.
village-team-since = Since { $day }
village-team-size = { $count ->
    [one] one member helps with telephones, dossiers and payments
   *[other] { $count } members help with telephones, dossiers and payments
  }
