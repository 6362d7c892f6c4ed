"""
Little words of many languages, and the commonest nouns of their messages.

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
    a abfrage abteilung ada adalah adresse al alla als am an and anfrage anhang anmeldung antwort
    användaren ao archivo are arquivo as at att au auch aucun aucune auf auftrag aus ausgabe aux av
    avait avec az azt be been bei benutzer benutzerkonto benutzername bereits bestand bestellung bij
    bild bir bitte brugeren bruker bu bulunamadı but by byl byla bylo był była było błąd carpeta
    cartella ce ces cette che chez chi cho chyba co colonna colonne columna coluna com come commande
    como compte con conexión conexão connessione connexion consulta conta csak cu cuando cuenta czy
    có của da dados dal dalla dan dans dari das dass dat datei dateien daten datenbank dati datos de
    degli dei dein del della delle dem den dengan der des det deze değil di die dienst din dit dla
    do données dont dos dossier dosya druck drucker du durch déjà e ed een egy ei ein eine einem
    einen einer eines eingabe ej el elle elles em en encontrada encontrado encontró er era ergebnis
    erreur erro errore es est esta este estos et ett että ez factura facture falhou fallito falló
    fattura fatura fehler fehlgeschlagen fehlt feld felhasználó fichier fichiers file filen finns
    fișier foi for fost fout fra from från fue fájl för für gebruiker geen gefunden gegen gerät
    gevonden geçersiz già gli ha haben had hade han hanno har has hat hata hatte have hay hebben
    heeft het hij hittades hogy hun i ich if ihr ik ikke il ile ils im impossible in ini inte into
    introuvable invalide inválido is ist it its itu için ja jak je jest jij już já k kan kann ke
    kein keine keinen không kon konfiguration konnte konto kto kullanıcı kunde kunden kundin kunne
    käyttäjä la las laufwerk le les lesen leur leurs ligne linha liste lo los lub là línea löydy ma
    maar mais med meg mehr mein men meno menos mes met meu mi mijn mio mislukt mit mitarbeiter
    mitarbeiterin moins mon można mutta már más na naar nach nachricht nad nas ne nebo nel nella nem
    nenhum není nessun nessuna netzwerk nicht nie nieprawidłowy niet ninguna ningún no noch non nos
    not nous nu nur nutzer não o ob och od oder of og ohne olan olarak oleh oli om on onder ont onto
    ook op or oraz ordine ordner os ou ovat over où pada par para pas passwort pasta pe pedido
    pentru per pfad pflichtfeld più plik plus po pod pode por pour pro protokoll prozess przed przez
    pudo puede può på quando que quem questa questo qui quien quoi rechnung redan reeds requête
    resposta respuesta richiesta riga risposta rufnummer réponse s sa sans schlüssel schnittstelle
    schon schreiben se sehr seite sem senza ses seu sie sin sind sitzung się solicitud som son sono
    sont soubor spalte speicher stata stato su sua sul sulla sunt suo sur sus são są ta tabelle tego
    tej tem ten termin than that the then these this those tidak tiedosto til till to trong trouvé
    trouvée trovata trovato tu tylko tämä têm u uden uit um uma un una unas und une ungültig
    ungültige ungültiger uno unos unser unter untuk usuario usuário utan utente utilisateur
    utilizator uw użytkownik uživatel v valeur valide valor valore van var ve verbindung verzeichnis
    via volt vom von voor vor vorgang vorlage vos votre vous và válido với w war was we wenn werd
    werden were wert werte wie wij wir wird with without wordt wurde wurden y ya yang yok z za ze
    zeile zeitüberschreitung zij zijn znaleziono zonder zu zugriff zum zur zwischen à är è é échec
    échoué és était été über được že și
    """  # noqa: RUF001  # Turkish has an i without a dot
)
