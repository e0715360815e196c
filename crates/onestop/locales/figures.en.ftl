figures-group-onestop = One-stop service
figure-procedures-online = Procedures received and returned online
figure-procedures-online-how = Yes when at least one dossier that came online was returned by the day.
