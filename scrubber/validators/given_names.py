"""
Given names that are not also words of programs, data sets or plain English.

Whether `/data/jane` is a person's folder and `/data/train` is not cannot be told from the path. A
list of common given names can tell it often enough. Left out are names that mean something else
in reports: `max`, `mark`, `will`, `grace`, `iris`, `julia`, `lena`, `jordan`, `roberta`, `adam`.

Promise: `given_name` knows only names on the list, in any case.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.words import words

_GIVEN_NAMES: Final = words(
    """
    aaron abdullah abigail adrian adriana agnes agnieszka ahmad ahmed akira alan alberto alejandra
    alejandro aleksandr aleksandra alessandra alessandro alex alexander alexandra alexandre alexei
    alexey alexis alfonso alfredo ali alice alicia alina alison allison alyssa amanda amelia amir
    amit amy ana anastasia anders anderson andrea andreas andrei andres andrew andrey andrzej andré
    andy angela angelica angelina anil anita anja anjali ankit anna anne annette annika anthony
    antoine anton antonia antonio anya archana arjun armando arnaud arthur arturo arun asha ashley
    ashok astrid aurelie barry bartosz beata beatrice beatriz ben benedikt benjamin benoit bernard
    bernd bernhard beth bianca bjorn björn bob boris brandon brenda brendan brian bridget bruno
    bryan camila carl carlos carmen carol caroline carolyn carsten catherine cathy cecilia celine
    charles charlotte chen cheryl chiara chloe chloë chris christa christina christine christoph
    christophe christopher christy cindy claire claudia claudio claus colleen connor constantin
    corinna craig cristian cristina cynthia cyril dagmar damien dan daniel daniela daniele daniella
    danielle dario dave david davide deborah deepak denis denise dennis derek devon diana diane
    diego dieter dietmar dimitri dirk dmitri dmitry dominic dominik dominique donald donna doris
    dorothy douglas duncan dylan edith eduardo edward edwin eileen elaine eleanor elena eli elias
    elisabeth elise eliza elizabeth ellen elsa emanuel emil emilia emilie emilio emily emma emmanuel
    enrico enrique eric erica erich erik erika ernesto esteban esther ethan eugene eva evan evelyn
    ewa fabian fabio fabrice farah fatima federica federico felipe ferdinand fernanda fernando filip
    filippo fiona florian frances francesca francesco francis francisco francois franz françois fred
    frederic frederick frederik fredrik friedrich fritz gabriel gabriela gabriele gabriella gareth
    gary gaurav geoffrey georg george georges gerald gerard gerd gerhard gertrude gianluca gina
    giorgio giovanna giovanni gisela giulia giuseppe gloria gonzalo gordon graham greg gregor
    gregory greta grzegorz guido guillaume guillermo gunther gustav gustavo günther hanna hannah
    hannes hans harald harold harriet harry hassan heather heidi heike heiko heinrich heinz helen
    helena helene helga hendrik henri henrik henry herbert hermann hernan hiroshi holger holly horst
    howard hussein ian ibrahim ignacio igor ilya ines inga inge ingo ingrid irene irina isaac isabel
    isabella isabelle ismail ivan ivana jacek jackie jacob jacqueline jacques jaime jake jakob jakub
    james jamie jana jane janet janice janina janine jared jaroslav jason javier jean jeff jeffrey
    jenna jennifer jenny jens jeremy jerome jerry jesse jessica jesus jill jim jimmy jing joachim
    joan joanna joanne joao joaquin joe joel joerg johan johann johanna johannes john johnny jonas
    jonathan jorge jose josef josefina joseph josephine josh joshua josé joyce juan juanita judith
    judy juergen jukka julian juliana julie julien juliet juliette julio junko jurgen justin justyna
    jérôme jörg jürgen kaori karen karim karin karina karl karla karolina karsten kasia katarina
    katarzyna kate katherine kathleen kathrin kathryn kathy katie katja katrin keiko keith kelly
    kenji kenneth kerstin kevin khalid kim kimberly kirsten klaus konrad konstantin kristen kristian
    kristin kristina kristof krzysztof kumar kurt kyle lars laszlo laura lauren laurence laurent lea
    leah leila leon leonard leonardo leonid leonie leslie leticia lidia linda lisa lorenzo lorraine
    lothar louis louise luca lucas lucia luciana luciano lucie lucy lucía ludwig luigi luis luisa
    luka lukas luke lydia lynn maciej maddie madeleine madison magdalena mahmoud maja malgorzata
    malik manfred manuel manuela mara marc marcel marcela marcello marcelo marcin marco marcos
    marcus marek margaret margarita margherita maria mariana marianne marie marija marilyn marina
    mario marion marisa marjorie marko markus marlene marta martha martin martina martine martín
    mary marysia maría mateo mateusz mathias mathieu mathilde matilda matt matteo matthew matthias
    matthieu maureen maurice mauricio mauro maximilian megan mehmet mei melanie melinda melissa
    mercedes meredith mia michael michaela michal michel michele michelle miguel mikael mike mikhail
    milena minh miriam misha mitchell mohamed mohammad mohammed mohan moritz muhammad mustafa nadia
    nadine nancy naomi natalia natalie natasha nathalie nathan nathaniel neha neil nelson nicholas
    nick nico nicola nicolas nicole niels nigel nikhil nikita niklas nikola nikolai nikos nils nina
    nisha noah noemi nora norbert norman nuria olaf oleg olga oliver olivia olivier omar oscar osman
    owen pablo pamela paola paolo patricia patricio patrick patrik paul paula paulina pauline paulo
    pavel pawel pedro peggy peter petra philip philipp philippe phillip phoebe phyllis pierre pietro
    pilar piotr pooja prakash pranav prasad priya przemyslaw rachel rafael raffaele rahul rainer raj
    rajesh rajiv ralf ralph ramesh ramon raquel rashid raul ravi raymond rebecca reiner reinhard
    renata renate rene rené ricardo riccardo richard rick ricky rita robert roberto rodrigo roger
    rohan rohit roland rolf romain ronald ronja rosalie rosario rosemary roxana ruben rudolf rupert
    russell ruth ryan sabine sabrina salvador salvatore samantha samuel sandeep sander sandra sandro
    sanjay santiago sara sarah satoshi saurabh scott sean sebastian sebastián selena serge sergei
    sergey sergio shane shannon sharon shaun sheila shirley shreya sigrid silke silvia simon simona
    simone slawomir sofia sofie sofía solveig sonia sonja sophia sophie soren stacy stanislav stefan
    stefania stefanie stefano steffen stephan stephane stephanie stephen steve steven stuart sunil
    suresh susan susana susanne sushma suzanne svein sven svenja svetlana sylvain sylvia sylvie
    søren takashi takeshi tamara tania tanja tanya tatiana teresa terry theodor theresa therese
    thierry thomas thorsten tibor tim timo timothy tina tobias toby todd tomas tomasz tommaso tommy
    toni tony torsten tracy tristan tyler udo ulf ulrich ulrika ulrike umberto ursula ute uwe
    valentin valentina valeria valerie vanessa veronica veronika vicente victor vijay vikram viktor
    viktoria vincent vincenzo virginie vivek vivian vladimir volker walter wanda wayne wei wendy
    werner wilfried wilhelm william wojciech wolfgang xavier xiang xiao yann yasmin yasuo yolanda
    yoshiko yuki yuri yusuf yves yvette yvonne zachary zahra zbigniew zoe zofia zoltan zoë
    """
)
"""Lower-cased."""

# Words that only begin like one.
_OTHER_WORDS: Final = words(
    """
    aliceblue annahme annealed annealer annealing annelid annette bennett carolina carolingian
    charleston christmas christoffel davidic edwardian erichsen georgetown georgian jackknife
    jackpot jamestown johannesburg karaoke kevlar lindane louisiana louisville mariachi martingale
    martingales martinique nickname oliverian petersburg philippine philippines ritalin romanize
    simonkolleite stephanite stevenage toddler williamsburg wolframite
    """
)

_SHORTEST_LED: Final = 4
_SHORTEST_REST: Final = 3


def given_name(word: str) -> bool:
    """Tell whether a word is a given name.

    Args:
        word: letters, in any case.

    Returns:
        Whether the list has it.

    >>> given_name("Jane"), given_name("train")
    (True, False)
    """
    return word.casefold() in _GIVEN_NAMES


def led_by_given_name(word: str) -> str | None:
    """Give what follows a given name at the start of a word written in one.

    Args:
        word: letters, in any case.

    Returns:
        What follows, lower-cased, at least three letters after a name of at least four; None
        where no such name leads.

    >>> led_by_given_name("janedoe"), led_by_given_name("jane"), led_by_given_name("training")
    ('doe', None, None)
    """
    name = word.casefold()
    if name in _OTHER_WORDS or name.rstrip("s") in _OTHER_WORDS:
        return None
    longest = min(len(name) - _SHORTEST_REST, 12)
    for end in range(longest, _SHORTEST_LED - 1, -1):
        if name[:end] in _GIVEN_NAMES:
            return name[end:]
    return None
