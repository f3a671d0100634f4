"""Arabic names: servant-of compounds, kunya, articles, chains with bin and bint; also as Africa and Asia write them."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings, table

# Origin: general knowledge of Arabic names and of French, English and Russian spellings of them.
TRADITION = Tradition(
    "arabic",
    first=spellings("ben بن"),
    titles=spellings(
        """haji hajji hadji hajj haj hadj hajja hajjah hajah alhaj alhaji elhaj elhadj sheikh shaikh shaykh
        sheik cheikh cheick shayk ustad
        ustaz oustaz sayyida sheikha الحاج حاج حاجی حاجي حاجة الحاجة الشيخ شيخ شیخ دكتور دکتر الدكتور
        الاستاذ استاذ السيد السيدة
        المرحوم المرحومة الانسة حاجى хаджи хаджа шейх haddji alhadji"""
    ),
    particles=spellings(
        """bin ibn ben bn bint binti binte bent bnt ould wuld walad oulad weld uld mint منت ولد بن ابن إبن بنت
        ابنة бин бен ибн бинт
        زوجة ارملة أرملة"""
    ),
    articles=spellings(
        """al el ul as ash ar an at az ad ed en es et er ud ol il ech esh ess
        ال эль аль ель ал ад ар ас аш ан ат ул уд ыль אל"""
    ),
    starts=table(
        """abd: abdul abdel abdal abdol abdou abdu abdur abder abdil abdun abdus abdush abdoul ebdul abdool
        abdeul cabdul
        عبد: عبدال عبدل عبدول
        абд: абдул абдель абдуль абду абдал абдел абдур абдус
        abu: abou aboo abi
        um: umm oum
        ابو: أبو ابي أبي ابا
        ام: أم
        абу: абу"""
    ),
    ends=table(
        """din: deen dine uddin eddin eddine aldin addin uddeen udin eldin eldine eddeen aldeen ddin oddin odin
        ulah: allah ullah ollah ulla oullah olla
        الدین: الدين دین دين
        الله: اله اللہ ﷲ
        дин: эддин уддин аддин
        улла: уллах аллах алла"""
    ),
    halves=(
        (
            spellings("ben bin ibn"),
            spellings(
                """ali amor ammar salah salem salim youssef yousef ahmed hassine hussein khelifa khalifa
        abdallah mahmoud
                mansour said slimane sliman brahim ibrahim aissa cheikh hamida romdhane achour jemaa yahia
                yahya omar othman
                mohamed mohammed nasr saad daoud jelloun kirane barka laden salman hamad khaled rachid
                fadhel miloud hamou"""
            ),
        ),
    ),
)
