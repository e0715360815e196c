figures-group-documents = Documents and direction
figure-documents-on-software-pct = Incoming and outgoing documents approved in the software
figure-documents-on-software-pct-how = Documents in the books by that day on which a leader has decided here, of all documents in the books. Secret documents are not in the software and not counted.
figure-documents-exchanged-electronically = Documents exchanged wholly electronically between agencies
figure-documents-exchanged-electronically-how = Yes, once a document came over the interconnection axis, or went over it and the receiver said that it has it.
figure-work-files-online-pct = Work files handled online
figure-work-files-online-pct-how = Work files without any sheet of paper, of all files that were opened by that day.
