"""Ethiopian, Eritrean and Somali names: construct names joined or split, own name before the father's."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings, table

_SERVANT = table(
    """gebre: gabre gebra gabra ghebre ghebra
    wolde: welde walda wolda
    welete: wolete walatta walata
    ገብረ: ገብረ
    ወልደ: ወልደ
    ወለተ: ወለተ"""
)
_CONSTRUCT = table(
    """haile: hayle hayla haila khaile
    tekle: takla tekla takle
    habte: habta
    kidane: kidana
    fikre: fiqre fekre
    amde: amda
    tesfa:
    berhane: birhane birhana
    zera: zer
    sahle: sahla
    lete: leta
    mehret: mihret
    hagere: agere
    ኃይለ: ሃይለ ሀይለ ሐይለ
    ተክለ: ተክለ
    ሀብተ: ሃብተ ሐብተ
    ኪዳነ: ኪዳነ
    ፍቅረ: ፍቅረ
    አምደ: ዓምደ
    ተስፋ: ተስፋ
    ብርሃነ: ብርሀነ
    ዘርአ: ዘርዓ
    ሣህለ: ሳህለ ሰሀለ
    ለተ: ለተ
    ጌታ: ጌታ
    geta: gieta"""
)
_COMPLETION = table(
    """mariam: maryam mariyam maram
    selassie: sellassie selasie silassie sillasie selase selasse sellase
    yesus: iyesus eyesus yesous iyasus
    michael: mikael mikail mikiel
    giorgis: georgis ghiorghis giyorgis gorgis
    kristos: christos krestos kiristos
    medhin: medhen medhn medihin madhin
    meskel: maskel mesqel
    haimanot: haymanot haimanote
    egziabher: egziabiher igziabher igzabher egzabher exabher
    hiwot: hiwet heywet
    tsadik: tsadiq sadik
    ab: ab
    birhan: berhan brhan
    gabriel: gebriel
    meles: meles
    hun: hun
    ማርያም: ማሪያም
    ሥላሴ: ስላሴ ሥላሤ ስላሤ
    ኢየሱስ: እየሱስ የሱስ ኢየሡስ
    ሚካኤል: ሚካኤል
    ጊዮርጊስ: ጊወርጊስ
    ክርስቶስ: ክርስቶስ
    መድኅን: መድህን መድሕን
    መስቀል: መሥቀል
    ሃይማኖት: ሐይማኖት ሀይማኖት
    እግዚአብሔር: እግዚአብሄር እግዚኣብሔር እግዚኣብሄር
    ህይወት: ሕይወት ሂወት
    ጻድቅ: ፃድቅ
    ብርሃን: ብርሀን
    ኣብ: አብ
    ሁን: ሁን"""
)
# Abdi is a name by itself; before a name of God it is half of one: Abdi Rahman is Abdirahman.
_SERVANT_OF_GOD = table("abdi: cabdi abdy abde")
_NAME_OF_GOD = table(
    """rahman: rahmaan raxman raxmaan rehman
    rahim: rahiim rahin rahiin raxim raxiim raxin raxiin
    qadir: qaadir kadir kader qader
    karim: kariim karin kariin
    aziz: aziiz asis asiis casiis casis
    nasir: naasir naser
    fatah: fataax fatax fattah fataah
    shakur: shakuur
    rizak: risaaq risaq rizaq rizaaq razak
    salam: salaam salan salaan
    hakim: hakiim hakin xakiim xakim
    majid: majiid
    latif: latiif ladif ladiif
    gani: ghani qani ganiy
    wahab: wahaab
    wahid: waahid waaxid waxid
    malik: maalik malek
    hafid: hafiid xafiid xafid
    weli: wali""",
)
# Origin: general knowledge of Amharic, Tigrinya and Somali names.
TRADITION = Tradition(
    "horn of Africa",
    titles=spellings(
        """ato woizero weyzero wezero woyzero wzro weyzerit woizerit wzrt memher memhir abba weizero ayte qes kes
        አቶ ወይዘሮ ወሮ ወይዘሪት ወሪት መምህር ቄስ ኣይተ ወይዘሮ mudane marwo sheekh sheikh macallin maalim xaaji"""
    ),
    particles=spellings("ina wiilka gabadha"),
    starts=_SERVANT,
    builds=((_CONSTRUCT, _COMPLETION), (_SERVANT_OF_GOD, _NAME_OF_GOD)),
)
