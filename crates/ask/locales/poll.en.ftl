ask-question = Question
ask-questions = Questions
ask-questions-none = No question yet. Write the first one below.
ask-question-empty = Write the question.
ask-questions-many = At most 20 questions.
ask-question-add = Add the question
ask-question-added = The question is added.
ask-question-drop = Take out
ask-question-dropped = The question is taken out.
ask-choices = Answers to choose from
ask-choices-help = One answer a line. Leave it empty for words alone.
ask-choices-few = Write 2 to 20 answers, one a line; or let people write.
ask-choice-twice = Two answers are the same.
ask-several-tick = Several answers may be chosen
ask-free-tick = Own words are welcome
ask-free-help = The words carry no name, only officials read them; they are deleted after their term.
ask-several = Choose one or several
ask-single = Choose one
ask-free = In your own words
ask-no-question = At least one question is needed.
ask-answer = Answer
ask-answer-send = Send the answer
ask-answer-missing = Choose an answer.
ask-answer-one = Choose one answer only.
ask-answer-nothing = Nothing is answered yet.
ask-words-long = Write less, at most 500 letters.
ask-answer-sign-in = This is for residents of the commune. Sign in to answer.
ask-answer-secret = Everybody answers once; what is sent cannot be changed. Only sums are kept, not who chose what.
ask-answer-secret-anybody = Each phone or computer answers once; what is sent cannot be changed. Only sums are kept, not who chose what.
ask-answered = Your answer is counted. Thank you.
ask-answered-already = You have answered already. Everybody answers once.
ask-answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
ask-given-answers = Answers in all
ask-words = In their own words
ask-shown-later = The result is shown after { $day }.
