"""What lists of many countries call their columns; phrases apart by a bar, compared after `fold_words`."""

from matching.lists.folding import fold_words

_PHRASES = {
    "source_record_id": (
        "id|record id|no|nr|number|serial|serial no|serial number|s n|sn|ref|reference|case id|registration number|"
        "registration no|registration id|individual id|person id|person record id|unhcr id|source id|"
        "unique id|source record id|numero|num|n|matricule|numero d enregistrement|identifiant|identificador|"
        "numero de registro|registro|الرقم|رقم|رقم التسجيل|الرقم التسلسلي|م|номер|рег номер|регистрационный номер|"
        "id номер|nummer|kennung|registriernummer|kayit no|شماره|شماره ثبت|编号"
    ),
    "full_name": (
        "name|full name|fullname|complete name|person name|name of person|names|nom complet|nom et prenom|"
        "nom et prenoms|noms et prenoms|noms|prenom et nom|nombre completo|nombre y apellidos|nombres y apellidos|"
        "apellidos y nombres|nome completo|الاسم|الاسم الكامل|الاسم الثلاثي|الاسم الرباعي|اسم الشخص|фио|ф и о|"
        "полное имя|имя фамилия|фамилия имя отчество|піб|прізвище та ім я|повне ім я|прізвище ім я по батькові|"
        "name vollstandig|vollstandiger name|vor und nachname|ad soyad|adi soyadi|نام کامل|نام و نام خانوادگی|نوم|"
        "ሙሉ ስም|ስም|magaca|magaca oo buuqa|magaca oo buuxa|jina|jina kamili|polne imie|imie i nazwisko|"
        "nome e cognome|姓名|নাম|পুরো নাম"
    ),
    "given_name": (
        "given name|given names|first name|firstname|first names|forename|forenames|own name|christian name|prenom|"
        "prenoms|nombre|nombres|primer nombre|nome|primeiro nome|الاسم الاول|الاسم الشخصي|имя|ім я|imya|vorname|"
        "vornamen|rufname|ad|adi|isim|نام|magaca koowaad|magaca hore|jina la kwanza|imie|imiona|名|የመጀመሪያ ስም|"
        "voornaam|fornamn|fornavn"
    ),
    "father_name": (
        "father name|name of father|father|fathers name|second name|middle name|patronymic|nom du pere|pere|"
        "prenom du pere|nombre del padre|padre|nome do pai|pai|اسم الاب|الاب|اسم الوالد|отчество|имя отца|отец|"
        "по батькові|ім я батька|vatersname|name des vaters|vater|baba adi|نام پدر|ولد|د پلار نوم|የአባት ስም|"
        "magaca aabaha|magaca labaad|jina la baba|imie ojca|nome del padre|父名|পিতার নাম|বাবার নাম"
    ),
    "grandfather_name": (
        "grandfather name|name of grandfather|grandfather|grand father name|grand father|third name|"
        "nom du grand pere|grand pere|nombre del abuelo|abuelo|nome do avo|اسم الجد|الجد|имя деда|дед|ім я діда|"
        "name des grossvaters|grossvater|نام پدر کلان|نام پدربزرگ|የአያት ስም|magaca awoowe|magaca awoowaha|"
        "magaca saddexaad|jina la babu|dede adi"
    ),
    "family_name": (
        "family name|last name|lastname|surname|surnames|clan name|tribe name|fourth name|nom|nom de famille|"
        "apellido|apellidos|sobrenome|apelido|العائله|اسم العائله|اللقب|الكنيه|الشهره|النسبه|фамилия|прізвище|"
        "familienname|nachname|zuname|soyad|soyadi|نام خانوادگی|تخلص|nazwisko|cognome|姓|achternaam|efternamn|"
        "etternavn"
    ),
    "romanised_name": (
        "name latin|latin name|name in latin|name in latin letters|romanised name|romanized name|name romanised|"
        "name romanized|name in english|english name|name english|name en|full name en|full name latin|"
        "full name english|transliterated name|transliteration|nom en latin|nom en lettres latines|nom latin|"
        "nombre en latin|الاسم بالانجليزيه|الاسم باللاتينيه|الاسم بالفرنسيه|имя латиницей|фио латиницей|"
        "піб латиницею|name in lateinischer schrift"
    ),
    "romanised_given_name": (
        "given name latin|first name latin|given name en|first name en|first name english|prenom latin|"
        "vorname latein|имя лат|الاسم الاول بالانجليزيه"
    ),
    "romanised_father_name": (
        "father name latin|father name en|father name english|nom du pere latin|اسم الاب بالانجليزيه"
    ),
    "romanised_family_name": (
        "family name latin|last name latin|surname latin|family name en|last name en|last name english|"
        "nom de famille latin|nachname latein|фамилия лат|اسم العائله بالانجليزيه"
    ),
    "document_name": (
        "document name|name on document|name as on document|name in passport|passport name|name on id|"
        "nom sur le document|nom sur le passeport|nombre en documento|nombre segun documento|الاسم في الوثيقه|"
        "الاسم في جواز السفر|имя в документе|имя по паспорту|name laut ausweis"
    ),
    "nickname": (
        "nickname|nick name|known as|called|pet name|surnom|apodo|sobrenombre|alcunha|اسم الشهره|الاسم المستعار|"
        "اسم الدلع|прозвище|прізвисько|spitzname|rufname spitzname|lakap|لقب|naanays|soprannome|ቅጽል ስም"
    ),
    "married_name": (
        "married name|name after marriage|husband surname|nom marital|nom d epouse|nom d usage|nombre de casada|"
        "apellido de casada|الاسم بعد الزواج|фамилия в браке|фамилия мужа|ehename|name nach heirat"
    ),
    "alternate_names": (
        "alternate names|alternate name|alternative names|alternative name|alias|aliases|other names|other name|"
        "other spellings|other spelling|aka|also known as|autres noms|autre nom|autres orthographes|otros nombres|"
        "otro nombre|alias nombres|outros nomes|اسماء اخري|اسم اخر|другие имена|другое имя|варианты имени|"
        "інші імена|andere namen|weitere namen|andere schreibweisen|نام های دیگر|majina mengine"
    ),
    "mother_name": (
        "mother name|name of mother|mother|mothers name|mother full name|mother maiden name|nom de la mere|mere|"
        "nombre de la madre|madre|nome da mae|mae|اسم الام|الام|اسم الوالده|имя матери|мать|фио матери|ім я матері|"
        "мати|name der mutter|mutter|anne adi|نام مادر|የእናት ስም|magaca hooyada|magaca hooyo|jina la mama|imie matki|"
        "nome della madre|母亲姓名|মাতার নাম|মায়ের নাম"
    ),
    "sex": (
        "sex|gender|m f|f m|sexe|genre|sexo|genero|الجنس|النوع|пол|стать|geschlecht|cinsiyet|جنس|جنسیت|ጾታ|jinsi|"
        "jinsiga|plec|sesso|性别|লিঙ্গ"
    ),
    "date_of_birth": (
        "date of birth|birth date|birthdate|birthday|dob|d o b|born|born on|year of birth|birth year|yob|"
        "date de naissance|ddn|ne le|nee le|annee de naissance|naissance|fecha de nacimiento|nacimiento|"
        "f nacimiento|ano de nacimiento|data de nascimento|nascimento|تاريخ الميلاد|تاريخ الولاده|سنه الميلاد|"
        "الميلاد|المواليد|مواليد|дата рождения|год рождения|г р|д р|дата народження|рік народження|geburtsdatum|"
        "geboren|geboren am|geburtsjahr|geb datum|dogum tarihi|dogum yili|تاریخ تولد|سال تولد|د زیږیدو نیټه|"
        "የትውልድ ቀን|የልደት ቀን|taariikhda dhalashada|tarehe ya kuzaliwa|data urodzenia|data di nascita|出生日期|জন্ম তারিখ"
    ),
    "calendar": "calendar|calendrier|calendario|التقويم|календарь|календар|kalender|takvim|تقویم",
    "age": (
        "age|ages|age years|age in years|years old|edad|idade|العمر|عمر|السن|возраст|вік|alter|yas|سن|عمر سال|ዕድሜ|"
        "da da|dada|umri|wiek|eta|年龄|বয়স"
    ),
    "age_as_of": (
        "age as of|age as at|age on|age date|date of age|age recorded on|age a la date du|edad a fecha|"
        "تاريخ تسجيل العمر|возраст на дату|alter am|alter stand"
    ),
    "place_of_birth": (
        "place of birth|birth place|birthplace|pob|born in|town of birth|village of birth|lieu de naissance|ne a|"
        "lugar de nacimiento|local de nascimento|naturalidade|مكان الميلاد|مكان الولاده|محل الميلاد|محل الولاده|"
        "место рождения|місце народження|geburtsort|dogum yeri|محل تولد|የትውልድ ቦታ|goobta dhalashada|"
        "mahali pa kuzaliwa|miejsce urodzenia|luogo di nascita|出生地|জন্মস্থান"
    ),
    "birth_country": (
        "country of birth|birth country|pays de naissance|pais de nacimiento|pais de nascimento|بلد الميلاد|"
        "بلد الولاده|страна рождения|країна народження|geburtsland|dogum ulkesi|کشور تولد"
    ),
    "nationality": (
        "nationality|nationalities|citizenship|country of origin|country of citizenship|coo|nationalite|"
        "pays d origine|nacionalidad|pais de origen|nacionalidade|الجنسيه|بلد الاصل|بلد المنشا|гражданство|"
        "национальность|страна происхождения|громадянство|staatsangehorigkeit|nationalitat|herkunftsland|uyruk|"
        "تابعیت|ملیت|ዜግነት|jinsiyadda|dhalashada|uraia|obywatelstwo|nazionalita|cittadinanza|国籍|জাতীয়তা"
    ),
    "last_known_place": (
        "last known place|last place|last known location|last location|last seen|last seen at|last known address|"
        "place of last contact|current location|current place|location|place|camp|site|shelter|hospital|"
        "reception centre|place of registration|registration place|dernier lieu connu|dernier lieu|"
        "derniere adresse connue|lieu|lieu actuel|lieu d enregistrement|ultimo lugar conocido|ultimo lugar|"
        "ultima ubicacion|lugar|lugar de registro|ultimo local conhecido|اخر مكان معروف|اخر مكان|المكان الحالي|"
        "مكان التسجيل|المخيم|последнее известное место|последнее место|место регистрации|место нахождения|"
        "местонахождение|останнє відоме місце|місце реєстрації|letzter bekannter ort|letzter ort|aufenthaltsort|"
        "ort der registrierung|son bilinen yer|آخرین محل|محل سکونت|መጨረሻ የታየበት ቦታ|goobtii ugu dambeysay|"
        "mahali pa mwisho"
    ),
    "last_country": (
        "last country|last known country|country|current country|country of asylum|host country|coa|pays|"
        "dernier pays|pays actuel|pays d accueil|pais|ultimo pais|pais actual|pais de acogida|البلد|الدوله|"
        "بلد اللجوء|страна|країна|land|aufenthaltsland|ulke|کشور|ሀገር|nchi|paese|国家"
    ),
    "last_contact_date": (
        "last contact date|date of last contact|last contact|last news|date of last news|last seen date|"
        "date last seen|last seen on|registration date|date of registration|registered on|date registered|"
        "arrival date|date of arrival|admission date|date of admission|date|date du dernier contact|"
        "dernier contact|dernieres nouvelles|date d enregistrement|date d arrivee|date d admission|"
        "fecha del ultimo contacto|ultimo contacto|fecha de registro|fecha de llegada|fecha de ingreso|"
        "data do ultimo contacto|data do ultimo contato|data de registro|تاريخ اخر اتصال|اخر اتصال|تاريخ التسجيل|"
        "تاريخ الوصول|дата последнего контакта|последний контакт|дата регистрации|дата прибытия|"
        "дата останнього контакту|дата реєстрації|letzter kontakt|datum des letzten kontakts|registrierungsdatum|"
        "ankunftsdatum|kayit tarihi|تاریخ ثبت|تاریخ آخرین تماس|tarehe ya usajili"
    ),
    "relatives": (
        "relatives|relative|family members|family|kin|next of kin|accompanied by|parents proches|proches|"
        "membres de la famille|famille|familiares|parientes|familia|familia acompanante|الاقارب|افراد العائله|"
        "родственники|члены семьи|родичі|члени сім ї|angehorige|verwandte|familienmitglieder|akrabalar|بستگان|"
        "اعضای خانواده|qaraabada|ndugu"
    ),
    "household": (
        "household|household id|household no|household number|household code|household ref|hh|hh id|hhid|hh no|"
        "hh number|family id|family no|family number|family code|family ref|family card no|family card number|"
        "family group|group|group id|group no|group number|registration group|registration group id|"
        "registration group no|registration group number|processing group|processing group number|case group|"
        "case group id|case group no|case group number|menage|id menage|code menage|n menage|no menage|"
        "numero de menage|numero du menage|foyer|numero de foyer|id famille|numero de famille|numero de la famille|"
        "groupe|numero de groupe|groupe familial|groupe d enregistrement|hogar|id hogar|numero de hogar|id familia|"
        "numero de familia|nucleo familiar|grupo|numero de grupo|grupo familiar|agregado familiar|"
        "numero do agregado|numero da familia|numero do grupo|رقم العائله|رقم الاسره|الاسره|معرف الاسره|"
        "رقم البطاقه العائليه|المجموعه|رقم المجموعه|مجموعه التسجيل|номер семьи|id семьи|домохозяйство|"
        "номер домохозяйства|группа|номер группы|номер родини|номер сім ї|домогосподарство|"
        "номер домогосподарства|група|номер групи|haushalt|haushaltsnummer|haushalt nr|familiennummer|"
        "familienverband|gruppe|gruppennummer|hane|hane no|aile no|aile numarasi|grup|grup no|خانوار|"
        "شماره خانوار|کد خانوار|شماره خانواده|گروه|شماره گروه|የቤተሰብ ቁጥር|qoyska|lambarka qoyska|kaya|"
        "namba ya kaya|numer rodziny|gospodarstwo domowe|nucleo familiare|numero di famiglia|户号|家庭编号|"
        "পরিবার নম্বর|খানা নম্বর"
    ),
    "occupation": (
        "occupation|profession|job|trade|work|school|metier|ocupacion|profesion|oficio|ocupacao|profissao|المهنه|"
        "العمل|الوظيفه|профессия|род занятий|професія|beruf|tatigkeit|meslek|شغل|وظیفه|ሥራ|shaqada|kazi"
    ),
    "marks": (
        "marks|distinguishing marks|distinguishing features|physical description|description physique|scars|"
        "signes distinctifs|signes particuliers|senas particulares|rasgos|sinais particulares|علامات مميزه|"
        "العلامات الفارقه|علامات فارقه|особые приметы|приметы|особливі прикмети|besondere kennzeichen|merkmale|"
        "ayirt edici isaretler"
    ),
    "phone": (
        "phone|telephone|mobile|phone number|telephone number|mobile number|tel|cell|cell phone|contact number|"
        "whatsapp|numero de telephone|portable|telefono|celular|movil|numero de telefono|telefone|telemovel|الهاتف|"
        "رقم الهاتف|الجوال|الموبايل|телефон|номер телефона|номер телефону|мобильный|telefon|telefonnummer|handy|"
        "تلفن|شماره تلفن|شماره تماس|ስልክ|taleefan|taleefanka|simu|numero di telefono|电话"
    ),
    "email": (
        "email|e mail|mail|email address|e mail address|courriel|adresse electronique|correo|correo electronico|"
        "البريد الالكتروني|ايميل|эл почта|электронная почта|електронна пошта|e posta|ایمیل"
    ),
    "address": (
        "address|home address|current address|residence|street|adresse|adresse actuelle|domicile|direccion|"
        "domicilio|direccion actual|endereco|morada|العنوان|عنوان السكن|السكن|адрес|место жительства|адреса|"
        "місце проживання|anschrift|wohnadresse|wohnort|adres|آدرس|نشانی|አድራሻ|cinwaanka|anwani|indirizzo|地址"
    ),
    "notes": (
        "notes|note|remarks|remark|comments|comment|observations|observation|remarques|remarque|commentaires|"
        "observaciones|notas|comentarios|observacoes|ملاحظات|الملاحظات|примечания|примечание|комментарий|примітки|"
        "примітка|bemerkungen|bemerkung|anmerkungen|notizen|notlar|یادداشت|ملاحظه|maelezo|note annotazioni|备注|"
        "মন্তব্য"
    ),
    "request_ref": (
        "request ref|request reference|request number|request no|request id|request|case number|case no|case ref|"
        "case reference|tracing request|tracing request number|file number|tr number|numero de la demande|"
        "numero de demande|numero de dossier|dossier|numero de solicitud|solicitud|numero de caso|expediente|"
        "numero do pedido|رقم الطلب|رقم الملف|رقم القضيه|номер запроса|номер заявки|номер дела|номер запиту|"
        "номер справи|fallnummer|aktenzeichen|anfragenummer|basvuru no|dosya no|شماره درخواست"
    ),
    "relation": (
        "relation|relationship|relation to enquirer|relationship to enquirer|kinship|relation to applicant|lien|"
        "lien de parente|parente|parentesco|relacion|vinculo|صله القرابه|القرابه|العلاقه|صله|родство|"
        "степень родства|кем приходится|спорідненість|ступінь споріднення|verwandtschaft|verwandtschaftsverhaltnis|"
        "beziehung|yakinlik|akrabalik|نسبت|رابطه|xiriirka|uhusiano"
    ),
}  # fmt: skip

# A column about the person who asks, or the person who is looked for, says so with one of these.
_ENQUIRER = (
    "enquirer|inquirer|requester|applicant|requesting person|person asking|caller|demandeur|demandeuse|requerant|"
    "solicitante|peticionario|requerente|مقدم الطلب|صاحب الطلب|الطالب|заявитель|заявителя|заявник|заявника|"
    "anfragender|anfragende|antragsteller|suchender|basvuran|درخواست کننده|متقاضی"
)
_SOUGHT = (
    "sought person|sought|missing person|missing|person sought|person searched|personne recherchee|recherche|"
    "recherchee|disparu|persona buscada|buscado|buscada|desaparecido|pessoa procurada|المفقود|الشخص المفقود|"
    "الشخص المطلوب|разыскиваемый|разыскиваемого|пропавший|розшукуваний|gesuchter|gesuchte|gesuchte person|"
    "vermisster|vermisste|kayip|aranan|گمشده|مفقود|registered person|registered"
)
_CONNECTING = frozenset({"of", "the", "du", "de", "la", "del", "des", "d", "l", "do", "da", "der", "person"})


def _folded(phrases: str) -> tuple[str, ...]:
    return tuple(fold_words(phrase) for phrase in phrases.split("|"))


# Folded phrase -> key of a target. The key itself counts too, as this program writes it.
WORDS = {phrase: key for key, phrases in _PHRASES.items() for phrase in _folded(phrases)} | {
    fold_words(key): key for key in _PHRASES
}
ENQUIRER_WORDS = frozenset(_folded(_ENQUIRER))
SOUGHT_WORDS = frozenset(_folded(_SOUGHT))
CONNECTING_WORDS = _CONNECTING
