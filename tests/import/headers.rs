//! Tables whose names stand in several rows, in numbers, or below lines that are none of the table, as statistical
//! offices, loggers, surveys and shops write them, with the table that their author meant.
//!
//! Cells of what is expected stand between `¦`.

use crate::portals::{Case, check};

const GROUPS: &[Case] = &[
    (
        "groups over three columns, the first column named above",
        "Country,Men,,,Women,,\n,2019,2020,2021,2019,2020,2021\nAustria,77.1,76.2,76.7,69.2,68.3,68.9\nBelgium,69.0,68.4,68.7,61.7,61.0,62.0\n",
        &[
            "Country¦Men 2019¦Men 2020¦Men 2021¦Women 2019¦Women 2020¦Women 2021",
            "Austria¦77.1¦76.2¦76.7¦69.2¦68.3¦68.9",
            "Belgium¦69.0¦68.4¦68.7¦61.7¦61.0¦62.0",
        ],
    ),
    (
        "groups over three columns, the first column named twice",
        "행정구역별,2022,,,2023,,\n행정구역별,총인구 (명),남자 (명),여자 (명),총인구 (명),남자 (명),여자 (명)\n서울특별시,9417469,4546800,4870669,9384512,4528044,4856468\n부산광역시,3295760,1610573,1685187,3279604,1600831,1678773\n",
        &[
            "행정구역별¦2022 총인구 (명)¦2022 남자 (명)¦2022 여자 (명)¦2023 총인구 (명)¦2023 남자 (명)¦2023 여자 (명)",
            "서울특별시¦9417469¦4546800¦4870669¦9384512¦4528044¦4856468",
            "부산광역시¦3295760¦1610573¦1685187¦3279604¦1600831¦1678773",
        ],
    ),
    (
        "groups beside columns that stand alone",
        "연번,시도,시군구,인구,,,세대수\n,,,계,남,여,\n1,서울,종로구,149952,72411,77541,72173\n2,서울,중구,131450,63885,67565,62739\n",
        &[
            "연번¦시도¦시군구¦인구 계¦인구 남¦인구 여¦세대수",
            "1¦서울¦종로구¦149952¦72411¦77541¦72173",
            "2¦서울¦중구¦131450¦63885¦67565¦62739",
        ],
    ),
    (
        "groups in groups",
        "Area,Total,,,,Rural,,,\n,Male,,Female,,Male,,Female,\n,2011,2021,2011,2021,2011,2021,2011,2021\nAra,1,2,3,4,5,6,7,8\nBel,2,3,4,5,6,7,8,9\n",
        &[
            "Area¦Total Male 2011¦Total Male 2021¦Total Female 2011¦Total Female 2021¦Rural Male 2011¦Rural Male 2021¦Rural Female 2011¦Rural Female 2021",
            "Ara¦1¦2¦3¦4¦5¦6¦7¦8",
            "Bel¦2¦3¦4¦5¦6¦7¦8¦9",
        ],
    ),
    (
        "groups over words alone",
        "구분,담당자,,연락처,\n,성명,직급,전화,메일\n영업부,김하나,과장,02-111-2222,a@x.kr\n개발부,이두리,대리,02-111-3333,b@x.kr\n",
        &[
            "구분¦담당자 성명¦담당자 직급¦연락처 전화¦연락처 메일",
            "영업부¦김하나¦과장¦02-111-2222¦a@x.kr",
            "개발부¦이두리¦대리¦02-111-3333¦b@x.kr",
        ],
    ),
    (
        "groups above names of every column",
        ",Customer,,,Order,,\nid,name,city,phone,date,sum,note\n1,Ann,Rome,555-0101,2024-01-02,12.50,\n2,Bob,Oslo,555-0102,2024-01-03,7.00,gift\n",
        &[
            "id¦Customer name¦Customer city¦Customer phone¦Order date¦Order sum¦Order note",
            "1¦Ann¦Rome¦555-0101¦2024-01-02¦12.50¦",
            "2¦Bob¦Oslo¦555-0102¦2024-01-03¦7.00¦gift",
        ],
    ),
    (
        "three rows, groups repeated, the rows named in the last",
        ";;2022;2022;2023;2023\n;;Einfuhr;Ausfuhr;Einfuhr;Ausfuhr\nLand;Code;Tsd. EUR;Tsd. EUR;Tsd. EUR;Tsd. EUR\nFrankreich;FR;69900;116100;68900;116800\nItalien;IT;72800;87500;71400;85400\n",
        &[
            "Land¦Code¦2022 Einfuhr Tsd. EUR¦2022 Ausfuhr Tsd. EUR¦2023 Einfuhr Tsd. EUR¦2023 Ausfuhr Tsd. EUR",
            "Frankreich¦FR¦69900¦116100¦68900¦116800",
            "Italien¦IT¦72800¦87500¦71400¦85400",
        ],
    ),
    (
        "months by number under years",
        "Region,2022,,,2023,,\n,1,2,3,1,2,3\nNorth,10,20,30,50,60,70\nSouth,20,30,40,60,70,80\n",
        &[
            "Region¦2022 1¦2022 2¦2022 3¦2023 1¦2023 2¦2023 3",
            "North¦10¦20¦30¦50¦60¦70",
            "South¦20¦30¦40¦60¦70¦80",
        ],
    ),
    (
        "a row that names the rows",
        ",sales,sales,cost,cost\n,2022,2023,2022,2023\nregion,,,,\nNorth,10,20,5,6\nSouth,30,40,7,8\n",
        &[
            "region¦sales 2022¦sales 2023¦cost 2022¦cost 2023",
            "North¦10¦20¦5¦6",
            "South¦30¦40¦7¦8",
        ],
    ),
];

const UNITS: &[Case] = &[
    (
        "a share among the units",
        "지역,인구,증가율,면적\n,명,%,㎢\n강남구,540000,1.2,39.5\n서초구,410000,-0.3,47.0\n",
        &[
            "지역¦인구 명¦증가율 %¦면적 ㎢",
            "강남구¦540000¦1.2¦39.5",
            "서초구¦410000¦-0.3¦47.0",
        ],
    ),
    (
        "units under every column, the first one too",
        "일자,매출액,구성비\n(일),(원),(%)\n2024-01-01,1200000,12.5\n2024-01-02,980000,10.1\n",
        &[
            "일자 (일)¦매출액 (원)¦구성비 (%)",
            "2024-01-01¦1200000¦12.5",
            "2024-01-02¦980000¦10.1",
        ],
    ),
    (
        "a column without a unit among others",
        "Probe,pH,Nitrat,Temperatur\n,,mg/l,°C\nA1,7.1,12.5,9.8\nA2,7.4,10.1,10.2\n",
        &[
            "Probe¦pH¦Nitrat mg/l¦Temperatur °C",
            "A1¦7.1¦12.5¦9.8",
            "A2¦7.4¦10.1¦10.2",
        ],
    ),
    (
        "units and kinds of values of a logger",
        "\"TOA5\",\"Station1\",\"CR1000\",\"12345\",\"Hourly\",\"5123\"\n\"TIMESTAMP\",\"RECORD\",\"BattV_Min\",\"AirTC_Avg\",\"RH\"\n\"TS\",\"RN\",\"Volts\",\"Deg C\",\"%\"\n\"\",\"\",\"Min\",\"Avg\",\"Smp\"\n\"2024-01-01 00:00:00\",0,12.61,3.22,88.1\n\"2024-01-01 01:00:00\",1,12.59,3.01,89.4\n\"2024-01-01 02:00:00\",2,12.58,2.77,90.2\n\"2024-01-01 03:00:00\",3,12.55,2.50,91.0\n",
        &[
            "TIMESTAMP TS¦RECORD RN¦BattV_Min Volts Min¦AirTC_Avg Deg C Avg¦RH % Smp",
            "2024-01-01 00:00:00¦0¦12.61¦3.22¦88.1",
            "2024-01-01 01:00:00¦1¦12.59¦3.01¦89.4",
            "2024-01-01 02:00:00¦2¦12.58¦2.77¦90.2",
            "2024-01-01 03:00:00¦3¦12.55¦2.50¦91.0",
        ],
    ),
    (
        "words where values are missing are no units",
        "id,city,a,b\nx1,Rome,low,high\nx2,Oslo,3,5\nx3,Bern,4,6\nx4,Graz,7,8\n",
        &[
            "id¦city¦a¦b",
            "x1¦Rome¦low¦high",
            "x2¦Oslo¦3¦5",
            "x3¦Bern¦4¦6",
            "x4¦Graz¦7¦8",
        ],
    ),
];

const NUMBERS: &[Case] = &[
    (
        "months by number",
        "Store,1,2,3,4,5,6\nA,10,15,12,13,19,15\nB,20,28,22,23,21,25\n",
        &[
            "Store¦1¦2¦3¦4¦5¦6",
            "A¦10¦15¦12¦13¦19¦15",
            "B¦20¦28¦22¦23¦21¦25",
        ],
    ),
    (
        "hours under an empty corner",
        ",0,1,2,3,4\nMon,5,3,2,1,1\nTue,4,4,2,2,1\n",
        &["¦0¦1¦2¦3¦4", "Mon¦5¦3¦2¦1¦1", "Tue¦4¦4¦2¦2¦1"],
    ),
    (
        "shares over amounts",
        "Income,10%,25%,50%\nUrban,120,180,260\nRural,90,130,190\n",
        &[
            "Income¦10%¦25%¦50%",
            "Urban¦120¦180¦260",
            "Rural¦90¦130¦190",
        ],
    ),
    (
        "weeks by name over counts that happen to follow each other",
        "SKU,W01,W02,W03,W04\nLamp,5,6,7,8\nDesk,1,0,2,1\nChair,12,14,9,10\n",
        &[
            "SKU¦W01¦W02¦W03¦W04",
            "Lamp¦5¦6¦7¦8",
            "Desk¦1¦0¦2¦1",
            "Chair¦12¦14¦9¦10",
        ],
    ),
    (
        "a table of steps has no header",
        "a,1,2,3,4\nb,2,4,6,8\nc,3,6,9,12\n",
        &[
            "column 1¦column 2¦column 3¦column 4¦column 5",
            "a¦1¦2¦3¦4",
            "b¦2¦4¦6¦8",
            "c¦3¦6¦9¦12",
        ],
    ),
    (
        "the columns' numbers under their names",
        "Schlüssel;Gemeinde;Fläche;Einwohner\n1;2;3;4\n01001;Flensburg;56,73;91113\n01002;Kiel;118,65;247717\n",
        &[
            "Schlüssel¦Gemeinde¦Fläche¦Einwohner",
            "01001¦Flensburg¦56,73¦91113",
            "01002¦Kiel¦118,65¦247717",
        ],
    ),
];

const DESCRIPTIONS: &[Case] = &[
    (
        "questions and keys under the names of a survey",
        "StartDate,Status,Q1,Q2\nStart Date,Response Type,How satisfied are you overall?,What should we do better?\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}\"\n2024-01-02 10:00:00,IP Address,5,More tea\n2024-01-02 11:00:00,IP Address,3,\n2024-01-03 09:00:00,IP Address,4,Opening hours\n",
        &[
            "StartDate¦Status¦Q1¦Q2",
            "2024-01-02 10:00:00¦IP Address¦5¦More tea",
            "2024-01-02 11:00:00¦IP Address¦3¦",
            "2024-01-03 09:00:00¦IP Address¦4¦Opening hours",
        ],
    ),
    (
        "codes under names",
        "Date,GBP to USD,GBP to EUR\nDATE,XUDLUSS,XUDLERS\n02 Jan 2024,1.2661,1.1543\n03 Jan 2024,1.2639,1.1584\n",
        &[
            "Date DATE¦GBP to USD XUDLUSS¦GBP to EUR XUDLERS",
            "02 Jan 2024¦1.2661¦1.1543",
            "03 Jan 2024¦1.2639¦1.1584",
        ],
    ),
    (
        "widths and kinds under names",
        "# retrieved: 2024-03-01\nsite_no\tdatetime\t1234_00060\tcode\n15s\t20d\t14n\t10s\n01646500\t2024-01-01\t12300\tA\n01646500\t2024-01-02\t11900\tA\n01646500\t2024-01-03\t11400\tP\n",
        &[
            "site_no¦datetime¦1234_00060¦code",
            "01646500¦2024-01-01¦12300¦A",
            "01646500¦2024-01-02¦11900¦A",
            "01646500¦2024-01-03¦11400¦P",
        ],
    ),
    (
        "dashes under names",
        "id,name,sum\n--,----,---\n1,ann,5.0\n2,bob,6.0\n",
        &["id¦name¦sum", "1¦ann¦5.0", "2¦bob¦6.0"],
    ),
];

const PREAMBLES: &[Case] = &[
    (
        "keys and values above a table of three columns",
        "Station,Dunedin\nElevation,4\nOwner,NIWA\ndate,rain,temp\n2024-01-01,0.0,15.2\n2024-01-02,3.2,14.1\n",
        &[
            "date¦rain¦temp",
            "2024-01-01¦0.0¦15.2",
            "2024-01-02¦3.2¦14.1",
        ],
    ),
    (
        "keys and values above words alone",
        "Report,Members\nCreated by,Office\n\nname,city,status\nann,Rome,active\nbob,Oslo,active\n",
        &["name¦city¦status", "ann¦Rome¦active", "bob¦Oslo¦active"],
    ),
    (
        "a summary with names of its own above",
        "Description,,Summary Amt.\nBeginning balance,,\"1,000.00\"\nEnding balance,,\"2,596.80\"\n\nDate,Description,Amount,Running Bal.\n01/02/2024,Coffee,\"-3.20\",\"996.80\"\n01/05/2024,Salary,\"2,500.00\",\"3,496.80\"\n01/09/2024,Rent,\"-900.00\",\"2,596.80\"\n",
        &[
            "Date¦Description¦Amount¦Running Bal.",
            "01/02/2024¦Coffee¦-3.20¦996.80",
            "01/05/2024¦Salary¦2,500.00¦3,496.80",
            "01/09/2024¦Rent¦-900.00¦2,596.80",
        ],
    ),
    (
        "a line of several cells apart above",
        "Price list,,valid from,01.03.2024\n,,,\nArt. no.,Name,Unit,Price\n1001,Cup,pc,5.90\n1002,Plate,pc,7.50\n",
        &[
            "Art. no.¦Name¦Unit¦Price",
            "1001¦Cup¦pc¦5.90",
            "1002¦Plate¦pc¦7.50",
        ],
    ),
];

#[test]
fn groups_of_any_width_stand_over_each_of_their_columns() {
    check(GROUPS, |text| text.as_bytes().to_vec());
}

#[test]
fn units_below_the_names_are_part_of_them() {
    check(UNITS, |text| text.as_bytes().to_vec());
}

#[test]
fn columns_may_be_named_by_numbers() {
    check(NUMBERS, |text| text.as_bytes().to_vec());
}

#[test]
fn what_is_said_of_names_below_them_is_no_row() {
    check(DESCRIPTIONS, |text| text.as_bytes().to_vec());
}

#[test]
fn keys_and_values_above_are_no_part_of_the_table() {
    check(PREAMBLES, |text| text.as_bytes().to_vec());
}
