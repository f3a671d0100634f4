"""Bengali, Rohingya, Indian, Nepali, Tamil and Sinhala names: shortened first words, words for women and men."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings, table

# Origin: general knowledge of registers in Bangladesh, Myanmar, India, Nepal and Sri Lanka.
TRADITION = Tradition(
    "south asian",
    titles=spellings(
        """shri sri shree shrimati smt kumari thiru thirumathi pandit swami janab jonab srimati late alhaz
        moulana maulana moulvi
        श्री श्रीमती सुश्री कुमारी শ্রী শ্রীমতি জনাব মৃত হাজী মাওলানা திரு திருமதி স্বামী পিতা"""
    ),
    particles=spellings("ঔরফে ওরফে urf urfe alias"),
    generic=spellings(
        """md mohd muhd mst mosammat mossammat musammat mosamat mosa moha begum begom bagum begam khatun
        khatoon khatan hatu hatun
        khaness khanom khanam bibi akter akhter akhtar ara banu bano sk sheikh devi kumar kaur singh lal ram
        bahadur maya bai bhai
        মোঃ মো মোছাঃ মোছা মোসাম্মৎ বেগম খাতুন বিবি আক্তার আরা বানু देवी कुमार सिंह कौर बहादुर माया बाई மொ sing"""
    ),
    starts=table("আব্দ: আব্দুল আবদুল আব্দুর আবদুর আব্দুস\nअब्द: अब्दुल अब्दुर"),
    ends=table("উদ্দিন: উদ্দীন\nউল্লাহ: উল্লা\nउद्दीन: उद्दिन"),
    # Nur Jahan and Shah Jahan are one name each.
    builds=(
        (
            table("nur: noor nour nor\nshah: sah\nনুর: নূর\nশাহ: শাহ\nنور: نور\nشاه: شاہ"),
            table("jahan: jehan zahan\nজাহান: জাহান\nجهان: جہاں"),
        ),
    ),
)
