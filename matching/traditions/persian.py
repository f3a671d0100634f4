"""Afghan, Iranian, Kurdish and Pakistani names: two names said as one, and words of respect that come and go."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

_FIRST = spellings(
    """gul gol noor nur nour nor sher shir mir khan jan din dost doost dil pir wali shah gholam ghulam gulam golam
        qolam amir lal taj sultan sayed
    mohammad muhammad mohamed mohammed mohamad muhammed mohd ali reza raza mehdi hussain hossein husain amin
    bibi fazel fazal syed said
    گل ګل نور شیر شير میر مير خان جان دوست پیر شاه غلام محمد علی علي امیر لعل تاج سلطان رضا حسین فضل سید"""
)
_SECOND = spellings(
    """mohammad muhammad mohamed mohammed mohamad muhammed mohamd mohmmad ahmad ahmed ahmmad ali aly hussain
        hossein hussein husain hasan hassan
    hussin agha aqa pari bibi begum rahman alam sima sema nabi haidar heydar haider reza raza abbas
    sakhi rasul rasool rasoul
    yahya mustafa mostafa akbar asghar qasim omid bano banu gul shah zaman mehdi mahdi amin jawad jalil aziz
    karim hazrat faruq wali mahmud mahmood
    محمد احمد علی علي حسین حسن آغا اغا پری بی بی‌بی رحمن رحمان عالم سیما نبی حیدر رضا عباس سخی رسول
    مصطفی اکبر
    اصغر بانو ګل گل شاه زمان مهدی ولی محمود"""
)
# Origin: general knowledge of Dari, Pashto, Farsi, Kurdish and Urdu names.
TRADITION = Tradition(
    "persian",
    titles=spellings(
        """mawlawi maulawi molavi mullah mulla mollah qari engineer eng agha-ye khanom sahib saheb ostad wakil
        malik-sahib akhund akhond arbab
        mirza-sahib ملا قاری قاري مولوی استاد صاحب انجنیر خانم آقای اقای جناب کاک"""
    ),
    particles=spellings("valad valade walade farzand farzande ولد فرزند بنت zawja"),
    generic=spellings(
        """bibi gul gol gull khan jan begum begom agha aga aqa gholam ghulam gulam golam mir sayed sayid
        sayyed sayyid syed said-agha seyed
        haji shah bano banu mirza bai sahiba khatoon khatun khanum khanam بی بی‌بی بیبی گل ګل خان جان بیگم
        آغا اغا غلام میر سید سيد شاه
        بانو خاتون خانم میرزا ګلی bivi"""
    ),
    halves=((_FIRST, _SECOND),),
)
