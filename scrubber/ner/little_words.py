"""
Little words of many languages: articles, prepositions, pronouns, and what messages say most often.

A message in German or Polish has words that no English list has, and the tagger must not take them
for parts of a name because it has not seen them. Particles of names (`van`, `de`) are among them:
what stands around tells.

Promise: in small letters; none is a name by itself.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.words import words

LITTLE: Final = words(
    """
    a ada adalah al alla als am an and användaren ao archivo are arquivo as at att au auch aucun
    aucune auf aus aux av avait avec az azt be been bei benutzer bereits bestand bij bir bitte
    brugeren bruker bu bulunamadı but by byl byla bylo był była było błąd ce ces cette che chez chi
    cho chyba co com come como compte con conta csak cu cuando cuenta czy có của da dal dalla dan
    dans dari das dass dat datei de degli dei dein del della delle dem den dengan der des det deze
    değil di die din dit dla do dont dos dosya du durch déjà e ed een egy ei ein eine einem einen
    einer eines ej el elle elles em en encontrada encontrado encontró er era erreur erro errore es
    est esta este estos et ett että ez falhou fallito falló fehler fehlgeschlagen fehlt felhasználó
    fichier file filen finns fișier foi for fost fout fra from från fue fájl för für gebruiker geen
    gefunden gegen gevonden geçersiz già gli ha haben had hade han hanno har has hat hata hatte have
    hay hebben heeft het hij hittades hogy hun i ich if ihr ik ikke il ile ils im impossible in ini
    inte into introuvable invalide inválido is ist it its itu için ja jak je jest jij już já k kan
    kann ke kein keine keinen không kon konnte konto kto kullanıcı kunde kunne käyttäjä la las le
    les leur leurs lo los lub là löydy ma maar mais med meg mehr mein men meno menos mes met meu mi
    mijn mio mislukt mit moins mon można mutta már más na naar nach nad nas ne nebo nel nella nem
    nenhum není nessun nessuna nicht nie nieprawidłowy niet ninguna ningún no noch non nos not nous
    nu nur nutzer não o ob och od oder of og ohne olan olarak oleh oli om on onder ont onto ook op
    or oraz os ou ovat over où pada par para pas pe pentru per più plik plus po pod pode por pour
    pro przed przez pudo puede può på quando que quem questa questo qui quien quoi redan reeds s sa
    sans schon se sehr sem senza ses seu sie sin sind się som son sono sont soubor stata stato su
    sua sul sulla sunt suo sur sus são są ta tego tej tem ten than that the then these this those
    tidak tiedosto til till to trong trouvé trouvée trovata trovato tu tylko tämä têm u uden uit um
    uma un una unas und une ungültig ungültige uno unos unser unter untuk usuario usuário utan
    utente utilisateur utilizator uw użytkownik uživatel v valide van var ve via volt vom von voor
    vor vos votre vous và válido với w war was we wenn werd werden were wie wij wir wird with
    without wordt wurde wurden y ya yang yok z za ze zij zijn znaleziono zonder zu zum zur zwischen
    à är è é échec échoué és était été über được že și
    """  # noqa: RUF001  # Turkish has an i without a dot
)
