//! Files as portals of open data publish them, with the table that their author meant.
//!
//! Each is a few lines of a kind that is common there; all are read without being told anything. Cells of what is
//! expected stand between `¦`.

use encoding_rs::{EUC_KR, Encoding, UTF_8};
use gyeol::data::{PlainTable, preview_of_any_table};
use gyeol::decode::decoder;

/// What a file is called here, its text, and the rows that are meant, its header first.
pub(crate) type Case = (&'static str, &'static str, &'static [&'static str]);

/// The rows of a file as text, cells between `¦`.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<String>, String> {
    let say = |error: &dyn std::fmt::Debug| format!("{error:?}");
    let n_bytes = bytes.len() as u64;
    let preview =
        preview_of_any_table("x.csv", n_bytes, bytes, decoder).map_err(|error| say(&error))?;
    let mut table = PlainTable::new(&preview, preview.guess.dialect, decoder);
    let mut out = Vec::new();
    for piece in bytes.chunks(11) {
        table.feed(piece, &mut out).map_err(|error| say(&error))?;
    }
    table.finish(&mut out).map_err(|error| say(&error))?;
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .has_headers(false)
        .flexible(true)
        .from_reader(&out[..]);
    let cells = |row: csv::StringRecord| row.iter().collect::<Vec<_>>().join("¦");
    Ok(reader.records().map(|row| cells(row.unwrap())).collect())
}

/// Every case is tried, so that what a change breaks is seen at once.
pub(crate) fn check(cases: &[Case], bytes_of: impl Fn(&str) -> Vec<u8>) {
    let mut wrong = Vec::new();
    for (name, text, expected) in cases {
        let found = rows(&bytes_of(text));
        if found.as_ref().is_ok_and(|rows| rows == expected) {
            continue;
        }
        wrong.push(format!("{name}:\n  {found:?}\n  {expected:?}"));
    }
    let (n_wrong, n_cases) = (wrong.len(), cases.len());
    assert!(
        wrong.is_empty(),
        "{n_wrong} of {n_cases}:\n{}",
        wrong.join("\n")
    );
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

const KOREAN: &[Case] = &[
    (
        "title, unit and header lines, footnotes",
        "서울특별시 자치구별 인구 현황\n\n(단위 : 명, 세대)\n자치구,세대수,인구,남자,여자\n종로구,\"72,173\",\"149,952\",\"72,411\",\"77,541\"\n중구,\"62,739\",\"131,450\",\"63,885\",\"67,565\"\n용산구,\"108,138\",\"237,285\",\"114,119\",\"123,166\"\n※ 자료 : 주민등록인구통계\n※ 외국인 제외\n",
        &[
            "자치구¦세대수¦인구¦남자¦여자",
            "종로구¦72,173¦149,952¦72,411¦77,541",
            "중구¦62,739¦131,450¦63,885¦67,565",
            "용산구¦108,138¦237,285¦114,119¦123,166",
        ],
    ),
    (
        "two rows of names over periods",
        "동별(1),동별(2),2022,2022,2023,2023\n동별(1),동별(2),세대 (세대),인구 (명),세대 (세대),인구 (명)\n합계,소계,4446296,9667669,4469158,9638799\n종로구,사직동,4321,9170,4393,9118\n종로구,삼청동,1229,2519,1200,2437\n",
        &[
            "동별(1)¦동별(2)¦2022 세대 (세대)¦2022 인구 (명)¦2023 세대 (세대)¦2023 인구 (명)",
            "합계¦소계¦4446296¦9667669¦4469158¦9638799",
            "종로구¦사직동¦4321¦9170¦4393¦9118",
            "종로구¦삼청동¦1229¦2519¦1200¦2437",
        ],
    ),
    (
        "all text, addresses with commas in quotes",
        "연번,상호명,도로명주소,업종\n1,가온식당,\"서울특별시 중구 세종대로 110, 2층 (태평로1가)\",한식\n2,나루커피,\"서울특별시 종로구 종로 1, 1층\",카페\n3,다온,서울특별시 종로구 사직로 161,분식\n",
        &[
            "연번¦상호명¦도로명주소¦업종",
            "1¦가온식당¦서울특별시 중구 세종대로 110, 2층 (태평로1가)¦한식",
            "2¦나루커피¦서울특별시 종로구 종로 1, 1층¦카페",
            "3¦다온¦서울특별시 종로구 사직로 161¦분식",
        ],
    ),
    (
        "names only",
        "시설명,구분,비고\n한강공원,공원,\n남산도서관,도서관,공사 중\n시민회관,공연장,\n",
        &[
            "시설명¦구분¦비고",
            "한강공원¦공원¦",
            "남산도서관¦도서관¦공사 중",
            "시민회관¦공연장¦",
        ],
    ),
    (
        "blank columns at the end and blank rows of delimiters",
        "노선,역명,승차,하차,,\n1호선,서울역,39420,32119,,\n1호선,시청,19807,19135,,\n2호선,강남,70123,71877,,\n,,,,,\n,,,,,\n",
        &[
            "노선¦역명¦승차¦하차",
            "1호선¦서울역¦39420¦32119",
            "1호선¦시청¦19807¦19135",
            "2호선¦강남¦70123¦71877",
            "¦¦¦",
            "¦¦¦",
        ],
    ),
    (
        "phone numbers and codes with leading zeros",
        "기관코드,기관명,전화번호,지정일자\n00123,가나의원,02-123-4567,2019-03-02\n00124,다라의원,031-222-3333,2020-11-15\n00203,마바약국,051-777-8888,2021-01-04\n",
        &[
            "기관코드¦기관명¦전화번호¦지정일자",
            "00123¦가나의원¦02-123-4567¦2019-03-02",
            "00124¦다라의원¦031-222-3333¦2020-11-15",
            "00203¦마바약국¦051-777-8888¦2021-01-04",
        ],
    ),
    (
        "months as names",
        "구분,1월,2월,3월,4월\n2021,10,20,30,40\n2022,11,21,31,41\n2023,12,22,32,42\n",
        &[
            "구분¦1월¦2월¦3월¦4월",
            "2021¦10¦20¦30¦40",
            "2022¦11¦21¦31¦41",
            "2023¦12¦22¦32¦42",
        ],
    ),
    (
        "names broken over lines in quotes",
        "\"지점\n번호\",\"지점\n이름\",\"평균기온\n(°C)\"\n108,서울,12.5\n159,부산,14.7\n184,제주,15.8\n",
        &[
            "지점\n번호¦지점\n이름¦평균기온\n(°C)",
            "108¦서울¦12.5",
            "159¦부산¦14.7",
            "184¦제주¦15.8",
        ],
    ),
];

const PLAIN: &[Case] = &[
    (
        "preamble with a source and a date, total at the end",
        "Quarterly retail figures\nSource: Office for Statistics\nReleased: 14 May 2021\n\nRegion,Shops,Turnover\nNorth,\"1,204\",\"3,400,120\"\nSouth,\"2,310\",\"5,120,900\"\nWest,998,\"1,930,410\"\nTotal,\"4,512\",\"10,451,430\"\n\nNotes:\n1. Figures are provisional.\n",
        &[
            "Region¦Shops¦Turnover",
            "North¦1,204¦3,400,120",
            "South¦2,310¦5,120,900",
            "West¦998¦1,930,410",
            "Total¦4,512¦10,451,430",
        ],
    ),
    (
        "a row of units under the names",
        "Station,Date,Temp,Rain\n,,deg C,mm\nA01,2020-01-01,3.2,0.4\nA01,2020-01-02,4.1,0\nA02,2020-01-01,2.9,1.2\n",
        &[
            "Station¦Date¦Temp deg C¦Rain mm",
            "A01¦2020-01-01¦3.2¦0.4",
            "A01¦2020-01-02¦4.1¦0",
            "A02¦2020-01-01¦2.9¦1.2",
        ],
    ),
    (
        "semicolons and decimal commas",
        "Gemeinde;Einwohner;Fläche km²;Dichte\nAachen;249.070;160,85;1.548,5\nAhaus;39.277;151,24;259,7\nAhlen;52.503;123,14;426,4\n",
        &[
            "Gemeinde¦Einwohner¦Fläche km²¦Dichte",
            "Aachen¦249.070¦160,85¦1.548,5",
            "Ahaus¦39.277¦151,24¦259,7",
            "Ahlen¦52.503¦123,14¦426,4",
        ],
    ),
    (
        "semicolons with words and commas in them",
        "id;intitulé;adresse\n1;Mairie, annexe;1, rue de la Paix, Paris\n2;École;12, avenue Foch, Lyon\n3;Crèche, halte;3, place du Marché, Nantes\n",
        &[
            "id¦intitulé¦adresse",
            "1¦Mairie, annexe¦1, rue de la Paix, Paris",
            "2¦École¦12, avenue Foch, Lyon",
            "3¦Crèche, halte¦3, place du Marché, Nantes",
        ],
    ),
    (
        "tabs with commas in the cells",
        "Code\tName\tShare\nA\tFood, drink\t12,5\nB\tClothes, shoes\t7,1\nC\tHousing, water, fuel\t24,9\n",
        &[
            "Code¦Name¦Share",
            "A¦Food, drink¦12,5",
            "B¦Clothes, shoes¦7,1",
            "C¦Housing, water, fuel¦24,9",
        ],
    ),
    (
        "pipes",
        "PERMIT|ADDRESS|ISSUED|FEE\n100|12 Main St, Apt 4|01/15/2019|$120.00\n101|9 Elm Ave|02/20/2019|$1,250.50\n102|77 Oak Rd, Rear|03/03/2019|$80.00\n",
        &[
            "PERMIT¦ADDRESS¦ISSUED¦FEE",
            "100¦12 Main St, Apt 4¦01/15/2019¦$120.00",
            "101¦9 Elm Ave¦02/20/2019¦$1,250.50",
            "102¦77 Oak Rd, Rear¦03/03/2019¦$80.00",
        ],
    ),
    (
        "columns of even width",
        "YEAR MONTH   RAIN  TEMP\n2019     1   12.4   3.1\n2019     2    8.0   4.5\n2019    10  112.9  11.0\n2019    11   45.1   7.2\n",
        &[
            "YEAR¦MONTH¦RAIN¦TEMP",
            "2019¦1¦12.4¦3.1",
            "2019¦2¦8.0¦4.5",
            "2019¦10¦112.9¦11.0",
            "2019¦11¦45.1¦7.2",
        ],
    ),
    (
        "line breaks in quoted cells",
        "id,comment,score\n1,\"first line\nsecond line\",5\n2,plain,4\n3,\"a \"\"quoted\"\" word,\nand more\",3\n",
        &[
            "id¦comment¦score",
            "1¦first line\nsecond line¦5",
            "2¦plain¦4",
            "3¦a \"quoted\" word,\nand more¦3",
        ],
    ),
    (
        "a delimiter at the end of every row",
        "Date,Open,Close,\n2020-01-02,100.5,101.2,\n2020-01-03,101.2,99.8,\n2020-01-06,99.8,100.4,\n",
        &[
            "Date¦Open¦Close",
            "2020-01-02¦100.5¦101.2",
            "2020-01-03¦101.2¦99.8",
            "2020-01-06¦99.8¦100.4",
        ],
    ),
    (
        "a delimiter at the end of rows, not of the header",
        "Date,Open,Close\n2020-01-02,100.5,101.2,\n2020-01-03,101.2,99.8,\n2020-01-06,99.8,100.4,\n",
        &[
            "Date¦Open¦Close",
            "2020-01-02¦100.5¦101.2",
            "2020-01-03¦101.2¦99.8",
            "2020-01-06¦99.8¦100.4",
        ],
    ),
    (
        "years as names",
        "Country,Code,2015,2016,2017,2018\nAruba,ABW,104341,104822,105264,105845\nAngola,AGO,27859305,28813463,29784193,30809762\nAlbania,ALB,2880703,2876101,2873457,2866376\n",
        &[
            "Country¦Code¦2015¦2016¦2017¦2018",
            "Aruba¦ABW¦104341¦104822¦105264¦105845",
            "Angola¦AGO¦27859305¦28813463¦29784193¦30809762",
            "Albania¦ALB¦2880703¦2876101¦2873457¦2866376",
        ],
    ),
    (
        "years alone as names",
        "1990,1991,1992\n5.1,5.3,5.8\n4.4,4.9,5.0\n6.1,6.0,5.9\n",
        &[
            "1990¦1991¦1992",
            "5.1¦5.3¦5.8",
            "4.4¦4.9¦5.0",
            "6.1¦6.0¦5.9",
        ],
    ),
    (
        "one column of names",
        "Municipality\nAmsterdam\nRotterdam\nUtrecht\n",
        &["Municipality", "Amsterdam", "Rotterdam", "Utrecht"],
    ),
    (
        "one column of numbers",
        "value\n10\n20\n35\n",
        &["value", "10", "20", "35"],
    ),
    (
        "one column of addresses with commas",
        "address\n\"1 Main St, Springfield\"\n\"22 Oak Ave, Shelbyville\"\n\"5 Pine Rd, Ogdenville\"\n",
        &[
            "address",
            "1 Main St, Springfield",
            "22 Oak Ave, Shelbyville",
            "5 Pine Rd, Ogdenville",
        ],
    ),
    (
        "comment lines above",
        "# Generated by exporter 2.1\n# Fields: station, time, value\n#\nstation,time,value\nX1,2021-05-01T00:00:00Z,5.4\nX1,2021-05-01T01:00:00Z,5.1\nX2,2021-05-01T00:00:00Z,7.7\n",
        &[
            "station¦time¦value",
            "X1¦2021-05-01T00:00:00Z¦5.4",
            "X1¦2021-05-01T01:00:00Z¦5.1",
            "X2¦2021-05-01T00:00:00Z¦7.7",
        ],
    ),
    (
        "names behind a comment mark",
        "#station,time,value\nX1,2021-05-01,5.4\nX1,2021-05-02,5.1\nX2,2021-05-01,7.7\n",
        &[
            "#station¦time¦value",
            "X1¦2021-05-01¦5.4",
            "X1¦2021-05-02¦5.1",
            "X2¦2021-05-01¦7.7",
        ],
    ),
    (
        "the delimiter told to spreadsheets",
        "sep=;\nName;Betrag\nMüller, Anna;12,50\nSchmidt, Jan;7,00\nWeber, Kai;1.003,20\n",
        &[
            "Name¦Betrag",
            "Müller, Anna¦12,50",
            "Schmidt, Jan¦7,00",
            "Weber, Kai¦1.003,20",
        ],
    ),
    (
        "mixed line ends",
        "id,name\r\n1,ann\n2,bob\r\n3,cy\r\n",
        &["id¦name", "1¦ann", "2¦bob", "3¦cy"],
    ),
    (
        "trailing blanks and empty last lines",
        "id,name,n  \n1,ann,5  \n2,bob,6  \n3,cy,7  \n\n\n\n",
        &["id¦name¦n  ", "1¦ann¦5  ", "2¦bob¦6  ", "3¦cy¦7  "],
    ),
    (
        "ragged short rows",
        "id,name,email,phone\n1,Ann,ann@x.org,555-0101\n2,Bob\n3,Cy,cy@x.org\n4,Dee,dee@x.org,555-0104\n5,Eve,eve@x.org,555-0105\n",
        &[
            "id¦name¦email¦phone",
            "1¦Ann¦ann@x.org¦555-0101",
            "2¦Bob¦¦",
            "3¦Cy¦cy@x.org¦",
            "4¦Dee¦dee@x.org¦555-0104",
            "5¦Eve¦eve@x.org¦555-0105",
        ],
    ),
    (
        "quotes behind a backslash",
        "id,title,year\n1,\"The \\\"Best\\\" of, all\",1999\n2,\"Plain\",2001\n3,\"Say \\\"hi\\\"\",2005\n",
        &[
            "id¦title¦year",
            "1¦The \"Best\" of, all¦1999",
            "2¦Plain¦2001",
            "3¦Say \"hi\"¦2005",
        ],
    ),
    (
        "single quotes around cells",
        "'id','name','city'\n'1','O''Neil, Pat','Cork'\n'2','Byrne, Una','Dublin'\n'3','Walsh, Tom','Galway'\n",
        &[
            "id¦name¦city",
            "1¦O'Neil, Pat¦Cork",
            "2¦Byrne, Una¦Dublin",
            "3¦Walsh, Tom¦Galway",
        ],
    ),
    (
        "apostrophes within words",
        "name,city,n\nO'Neil,L'Aquila,5\nD'Angelo,Roma,6\nSmith,Coeur d'Alene,7\n",
        &[
            "name¦city¦n",
            "O'Neil¦L'Aquila¦5",
            "D'Angelo¦Roma¦6",
            "Smith¦Coeur d'Alene¦7",
        ],
    ),
    (
        "inches within cells",
        "part,size,price\nbolt,3\",0.50\npipe,12\",4.25\nnut,1/2\",0.10\n",
        &[
            "part¦size¦price",
            "bolt¦3\"¦0.50",
            "pipe¦12\"¦4.25",
            "nut¦1/2\"¦0.10",
        ],
    ),
    (
        "groups over columns",
        ",Male,,Female,\nAge,2019,2020,2019,2020\n0-4,100,101,95,97\n5-9,110,112,104,106\n10-14,120,121,111,113\n",
        &[
            "Age¦Male 2019¦Male 2020¦Female 2019¦Female 2020",
            "0-4¦100¦101¦95¦97",
            "5-9¦110¦112¦104¦106",
            "10-14¦120¦121¦111¦113",
        ],
    ),
    (
        "a footnote in the first of many columns",
        "Area,2019,2020,2021\nA,5,6,7\nB,8,9,10\nC,1,2,3\n\"Note: figures are rounded, see the guide.\",,,\nSource: survey,,,\n",
        &["Area¦2019¦2020¦2021", "A¦5¦6¦7", "B¦8¦9¦10", "C¦1¦2¦3"],
    ),
    (
        "no header, codes and dates",
        "A17,2020-01-01,5.5,x\nB22,2020-01-02,6.5,y\nC03,2020-01-03,7.5,z\n",
        &[
            "column 1¦column 2¦column 3¦column 4",
            "A17¦2020-01-01¦5.5¦x",
            "B22¦2020-01-02¦6.5¦y",
            "C03¦2020-01-03¦7.5¦z",
        ],
    ),
    (
        "dates and times with colons",
        "time,level\n2020-01-01 00:15:00,1.52\n2020-01-01 00:30:00,1.55\n2020-01-01 00:45:00,1.57\n",
        &[
            "time¦level",
            "2020-01-01 00:15:00¦1.52",
            "2020-01-01 00:30:00¦1.55",
            "2020-01-01 00:45:00¦1.57",
        ],
    ),
    (
        "lists within cells that are not quoted",
        "id;tags;links\n1;a,b,c;http://x.org/1?a=1&b=2\n2;b;http://x.org/2\n3;a,c;http://x.org/3\n",
        &[
            "id¦tags¦links",
            "1¦a,b,c¦http://x.org/1?a=1&b=2",
            "2¦b¦http://x.org/2",
            "3¦a,c¦http://x.org/3",
        ],
    ),
    (
        "JSON and points in quotes",
        "id,geom,props\n1,\"POINT (-73.98 40.75)\",\"{\"\"a\"\": 1, \"\"b\"\": [2, 3]}\"\n2,\"POINT (-73.97 40.76)\",\"{\"\"a\"\": 4}\"\n3,\"POINT (-73.96 40.77)\",{}\n",
        &[
            "id¦geom¦props",
            "1¦POINT (-73.98 40.75)¦{\"a\": 1, \"b\": [2, 3]}",
            "2¦POINT (-73.97 40.76)¦{\"a\": 4}",
            "3¦POINT (-73.96 40.77)¦{}",
        ],
    ),
    (
        "places over two lines in parentheses",
        "School,Location\nPS 1,\"8 Henry St\nNew York, NY 10038\n(40.7113, -74.0006)\"\nPS 2,\"122 Henry St\nNew York, NY 10002\n(40.7127, -73.9900)\"\n",
        &[
            "School¦Location",
            "PS 1¦8 Henry St\nNew York, NY 10038\n(40.7113, -74.0006)",
            "PS 2¦122 Henry St\nNew York, NY 10002\n(40.7127, -73.9900)",
        ],
    ),
    (
        "marks for what is missing",
        "Area,Q1,Q2,Q3\nA,5,..,7\nB,-,9,n/a\nC,*,:,3\nD,4,5,6\n",
        &[
            "Area¦Q1¦Q2¦Q3",
            "A¦5¦..¦7",
            "B¦-¦9¦n/a",
            "C¦*¦:¦3",
            "D¦4¦5¦6",
        ],
    ),
    (
        "few rows, all words",
        "Department,Contact,Email\nParks,Ann Lee,parks@city.org\nRoads,Bo Kim,roads@city.org\n",
        &[
            "Department¦Contact¦Email",
            "Parks¦Ann Lee¦parks@city.org",
            "Roads¦Bo Kim¦roads@city.org",
        ],
    ),
    (
        "a header alone of a column without a name",
        ",name,n\n0,ann,5\n1,bob,6\n2,cy,7\n",
        &["¦name¦n", "0¦ann¦5", "1¦bob¦6", "2¦cy¦7"],
    ),
    (
        "title row filled up with delimiters",
        "Expenditure over £500,,,\nJanuary 2020,,,\n,,,\nSupplier,Date,Amount,Purpose\nAcme Ltd,03/01/2020,\"1,204.50\",Stationery\nBolt & Co,14/01/2020,800.00,Repairs\nCity Cars,20/01/2020,655.10,Travel\n",
        &[
            "Supplier¦Date¦Amount¦Purpose",
            "Acme Ltd¦03/01/2020¦1,204.50¦Stationery",
            "Bolt & Co¦14/01/2020¦800.00¦Repairs",
            "City Cars¦20/01/2020¦655.10¦Travel",
        ],
    ),
    (
        "key and value lines above",
        "Dataset:,Air quality\nStation:,Centre\nPeriod:,2019\n\nDate,NO2,PM10,O3\n01/01/2019,22,18,40\n02/01/2019,25,21,38\n03/01/2019,19,15,44\n",
        &[
            "Date¦NO2¦PM10¦O3",
            "01/01/2019¦22¦18¦40",
            "02/01/2019¦25¦21¦38",
            "03/01/2019¦19¦15¦44",
        ],
    ),
    (
        "a quote in the middle of a cell",
        "id,name,n\n1,Robert \"Bob\" Smith,5\n2,Ann Lee,6\n3,Jim \"Big Jim\" Roe,7\n",
        &[
            "id¦name¦n",
            "1¦Robert \"Bob\" Smith¦5",
            "2¦Ann Lee¦6",
            "3¦Jim \"Big Jim\" Roe¦7",
        ],
    ),
    (
        "tildes and carets",
        "id~name~note\n1~ann~a, b\n2~bob~c; d\n3~cy~e\n",
        &["id¦name¦note", "1¦ann¦a, b", "2¦bob¦c; d", "3¦cy¦e"],
    ),
    (
        "empty cells in most rows",
        "id,a,b,c,d\n1,,,,x\n2,,,,\n3,y,,,\n4,,,z,\n",
        &["id¦a¦b¦c¦d", "1¦¦¦¦x", "2¦¦¦¦", "3¦y¦¦¦", "4¦¦¦z¦"],
    ),
    (
        "a last row of nothing but its number",
        "id,name,city\n1,ann,Rome\n2,bob,Oslo\n3,cy,Bern\n4,,\n",
        &[
            "id¦name¦city",
            "1¦ann¦Rome",
            "2¦bob¦Oslo",
            "3¦cy¦Bern",
            "4¦¦",
        ],
    ),
    (
        "semicolons with quoted numbers and blanks",
        "\"Année\";\"Département\";\"Montant\"\n\"2018\";\"Ain\";\"1 204 500,25\"\n\"2018\";\"Aisne\";\"988 120,00\"\n\"2019\";\"Ain\";\"1 310 000,10\"\n",
        &[
            "Année¦Département¦Montant",
            "2018¦Ain¦1 204 500,25",
            "2018¦Aisne¦988 120,00",
            "2019¦Ain¦1 310 000,10",
        ],
    ),
    (
        "a footnote behind dashes",
        "Ward,Votes,Share\nEast,1200,40%\nWest,1500,50%\nNorth,300,10%\n---\nProvisional results\n",
        &[
            "Ward¦Votes¦Share",
            "East¦1200¦40%",
            "West¦1500¦50%",
            "North¦300¦10%",
        ],
    ),
];

const FURTHER: &[Case] = &[
    (
        "commas within the first column of tabs",
        "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \nA,NR,AT\t5 \t: \t7 p\nA,NR,BE\t15 \t16 \t17 \nA,NR,BG\t25 b\t26 \t27 \n",
        &[
            "freq,unit,geo\\TIME_PERIOD¦2019 ¦2020 ¦2021 ",
            "A,NR,AT¦5 ¦: ¦7 p",
            "A,NR,BE¦15 ¦16 ¦17 ",
            "A,NR,BG¦25 b¦26 ¦27 ",
        ],
    ),
    (
        "a source above, years and a delimiter at the end",
        "\"Data Source\",\"Development Indicators\",\n\n\"Last Updated Date\",\"2021-02-17\",\n\n\"Country Name\",\"Country Code\",\"Indicator\",\"1960\",\"1961\",\"1962\",\n\"Aruba\",\"ABW\",\"Population\",\"54211\",\"55438\",\"56225\",\n\"Angola\",\"AGO\",\"Population\",\"5454933\",\"5531472\",\"5608539\",\n\"Albania\",\"ALB\",\"Population\",\"1608800\",\"1659800\",\"\",\n",
        &[
            "Country Name¦Country Code¦Indicator¦1960¦1961¦1962",
            "Aruba¦ABW¦Population¦54211¦55438¦56225",
            "Angola¦AGO¦Population¦5454933¦5531472¦5608539",
            "Albania¦ALB¦Population¦1608800¦1659800¦",
        ],
    ),
    (
        "a line of underscores and a copyright below",
        "Bevölkerung: Kreise, Stichtag\nFortschreibung;;;\nStichtag: 31.12.2019;;;\nSchlüssel;Kreis;Insgesamt;männlich\n01001;Flensburg;90164;44904\n01002;Kiel;246794;120198\n01003;Lübeck;216530;104113\n__________\nIn den Angaben sind Schätzungen enthalten.\n(C)opyright Amt, 2020\nStand: 04.05.2020 / 10:22:33\n",
        &[
            "Schlüssel¦Kreis¦Insgesamt¦männlich",
            "01001¦Flensburg¦90164¦44904",
            "01002¦Kiel¦246794¦120198",
            "01003¦Lübeck¦216530¦104113",
        ],
    ),
    (
        "a source with a comma below",
        "Region,Doctors,Nurses\nNorth,120,410\nSouth,98,377\nEast,143,502\n\nSource: Ministry of Health, 2020\n",
        &[
            "Region¦Doctors¦Nurses",
            "North¦120¦410",
            "South¦98¦377",
            "East¦143¦502",
        ],
    ),
    (
        "a title with a comma above",
        "Population by region, 2020\nRegion,People,Share\nNorth,1200,40\nSouth,1500,50\nEast,300,10\n",
        &[
            "Region¦People¦Share",
            "North¦1200¦40",
            "South¦1500¦50",
            "East¦300¦10",
        ],
    ),
    (
        "numbered notes below",
        "Sector,2018,2019,2020\nFarming,1.2,1.3,1.1\nMining,0.4,0.4,0.3\nTrade,5.5,5.9,4.8\n1) Seasonally adjusted.\n2) Provisional, subject to revision.\n",
        &[
            "Sector¦2018¦2019¦2020",
            "Farming¦1.2¦1.3¦1.1",
            "Mining¦0.4¦0.4¦0.3",
            "Trade¦5.5¦5.9¦4.8",
        ],
    ),
    (
        "ages in ranges as names",
        "Area,0-4,5-9,10-14,15-19\nEast,120,118,109,101\nWest,220,214,205,199\nNorth,80,78,77,70\n",
        &[
            "Area¦0-4¦5-9¦10-14¦15-19",
            "East¦120¦118¦109¦101",
            "West¦220¦214¦205¦199",
            "North¦80¦78¦77¦70",
        ],
    ),
    (
        "months as names of columns",
        "Item,Jan-20,Feb-20,Mar-20\nBread,1.10,1.12,1.13\nMilk,0.95,0.95,0.97\nEggs,2.10,2.05,2.20\n",
        &[
            "Item¦Jan-20¦Feb-20¦Mar-20",
            "Bread¦1.10¦1.12¦1.13",
            "Milk¦0.95¦0.95¦0.97",
            "Eggs¦2.10¦2.05¦2.20",
        ],
    ),
    (
        "days as names of columns",
        "place,2020-01-22,2020-01-23,2020-01-24\nA,0,1,4\nB,2,2,3\nC,0,0,1\n",
        &[
            "place¦2020-01-22¦2020-01-23¦2020-01-24",
            "A¦0¦1¦4",
            "B¦2¦2¦3",
            "C¦0¦0¦1",
        ],
    ),
    (
        "a blank line below the header",
        "id,name,n\n\n1,ann,5\n2,bob,6\n3,cy,7\n",
        &["id¦name¦n", "1¦ann¦5", "2¦bob¦6", "3¦cy¦7"],
    ),
    (
        "a blank line below every line",
        "id,name,n\r\r\n1,ann,5\r\r\n2,bob,6\r\r\n3,cy,7\r\r\n",
        &["id¦name¦n", "1¦ann¦5", "2¦bob¦6", "3¦cy¦7"],
    ),
    (
        "headings of sections in the table",
        "Item,Unit,Price\nFruit,,\nApple,kg,1.20\nPear,kg,1.50\nVegetables,,\nLeek,kg,0.90\nKale,kg,1.10\n",
        &[
            "Item¦Unit¦Price",
            "Fruit¦¦",
            "Apple¦kg¦1.20",
            "Pear¦kg¦1.50",
            "Vegetables¦¦",
            "Leek¦kg¦0.90",
            "Kale¦kg¦1.10",
        ],
    ),
    (
        "quotes within quotes that are not doubled",
        "id,text,n\n1,\"He said \"hi\" there\",5\n2,\"plain\",6\n3,\"x, y\",7\n4,\"z\",8\n",
        &[
            "id¦text¦n",
            "1¦He said \"hi\" there¦5",
            "2¦plain¦6",
            "3¦x, y¦7",
            "4¦z¦8",
        ],
    ),
    (
        "blanks before quotes",
        "id, name, n\n1, \"Lee, Ann\", 5\n2, \"Roe, Bob\", 6\n3, \"Poe, Cy\", 7\n",
        &["id¦name¦n", "1¦Lee, Ann¦5", "2¦Roe, Bob¦6", "3¦Poe, Cy¦7"],
    ),
    (
        "pipes with blanks around them",
        "id | name | n\n1 | ann, lee | 5\n2 | bob | 6\n3 | cy | 7\n",
        &["id¦name¦n", "1¦ann, lee¦5", "2¦bob¦6", "3¦cy¦7"],
    ),
    (
        "nothing by a backslash and N",
        "id\tname\tborn\n1\tann\t\\N\n2\t\\N\t1990-01-01\n3\tcy\t1991-02-03\n",
        &[
            "id¦name¦born",
            "1¦ann¦\\N",
            "2¦\\N¦1990-01-01",
            "3¦cy¦1991-02-03",
        ],
    ),
    (
        "money in words and parentheses",
        "Fund,Budget,Change\nRoads,\"$1,200,000\",\"(12,500)\"\nParks,\"$310,500\",\"4,200\"\nWater,\"$2,000,450\",\"(800)\"\n",
        &[
            "Fund¦Budget¦Change",
            "Roads¦$1,200,000¦(12,500)",
            "Parks¦$310,500¦4,200",
            "Water¦$2,000,450¦(800)",
        ],
    ),
    (
        "names twice and not at all",
        "id,value,,value,note\n1,5,x,6,a\n2,7,y,8,b\n3,9,z,1,c\n",
        &[
            "id¦value¦¦value¦note",
            "1¦5¦x¦6¦a",
            "2¦7¦y¦8¦b",
            "3¦9¦z¦1¦c",
        ],
    ),
    (
        "one row alone",
        "station,opened,depth\nCentral,1932-05-01,12.5\n",
        &["station¦opened¦depth", "Central¦1932-05-01¦12.5"],
    ),
    (
        "numbers alone",
        "0.1 0.2 0.3\n1.4 1.5 1.6\n2.7 2.8 2.9\n",
        &[
            "column 1¦column 2¦column 3",
            "0.1¦0.2¦0.3",
            "1.4¦1.5¦1.6",
            "2.7¦2.8¦2.9",
        ],
    ),
    (
        "decimal commas within semicolons, few columns",
        "x;y\n1,5;2,5\n2,25;3,75\n3,5;4,5\n",
        &["x¦y", "1,5¦2,5", "2,25¦3,75", "3,5¦4,5"],
    ),
    (
        "semicolons in a header in quotes, commas between",
        "\"id\",\"names; other\",\"n\"\n1,\"a; b; c\",5\n2,\"d; e; f\",6\n3,\"g; h; i\",7\n",
        &[
            "id¦names; other¦n",
            "1¦a; b; c¦5",
            "2¦d; e; f¦6",
            "3¦g; h; i¦7",
        ],
    ),
    (
        "sentences with commas in one column without quotes",
        "comment\nThis is fine, thanks\nGood\nNot so good, sorry, really\nOkay\n",
        &[
            "comment",
            "This is fine, thanks",
            "Good",
            "Not so good, sorry, really",
            "Okay",
        ],
    ),
    (
        "names of people with commas in semicolons",
        "name;born;town\nLee, Ann;1990;Rome\nRoe, Bob;1985;Oslo\nPoe, Cy;1979;Bern\n",
        &[
            "name¦born¦town",
            "Lee, Ann¦1990¦Rome",
            "Roe, Bob¦1985¦Oslo",
            "Poe, Cy¦1979¦Bern",
        ],
    ),
    (
        "notes with the delimiters of the table",
        "Year,Births,Deaths,Net,Rate\n2018,500,400,100,1.1\n2019,510,420,90,1.0\n2020,490,450,40,0.5\n,,,,\n\"Note: counts are by place of residence, not of event\",,,,\n\"Source: registry, extracted 1 March 2021\",,,,\n",
        &[
            "Year¦Births¦Deaths¦Net¦Rate",
            "2018¦500¦400¦100¦1.1",
            "2019¦510¦420¦90¦1.0",
            "2020¦490¦450¦40¦0.5",
        ],
    ),
    (
        "a note above and a unit in the corner",
        "표 1. 지역별 매출,,,\n,,,(단위: 억원)\n지역,2021,2022,2023\n서울,120,130,140\n부산,80,85,90\n대구,60,61,65\n",
        &[
            "지역¦2021¦2022¦2023",
            "서울¦120¦130¦140",
            "부산¦80¦85¦90",
            "대구¦60¦61¦65",
        ],
    ),
    (
        "words and codes alone, many columns",
        "code,title,level,parent\nA,Agriculture,1,\nA01,Crops,2,A\nA011,Cereals,3,A01\nB,Mining,1,\n",
        &[
            "code¦title¦level¦parent",
            "A¦Agriculture¦1¦",
            "A01¦Crops¦2¦A",
            "A011¦Cereals¦3¦A01",
            "B¦Mining¦1¦",
        ],
    ),
    (
        "hours and addresses",
        "name|hours|site\nPool|Mon: 9:00-17:00; Tue: 9:00-12:00|http://pool.org\nGym|Daily: 6:00-22:00|http://gym.org\nRink|Sat: 10:00-20:00|http://rink.org\n",
        &[
            "name¦hours¦site",
            "Pool¦Mon: 9:00-17:00; Tue: 9:00-12:00¦http://pool.org",
            "Gym¦Daily: 6:00-22:00¦http://gym.org",
            "Rink¦Sat: 10:00-20:00¦http://rink.org",
        ],
    ),
    (
        "an empty first column",
        ",Region,People\n,North,1200\n,South,1500\n,East,300\n",
        &["¦Region¦People", "¦North¦1200", "¦South¦1500", "¦East¦300"],
    ),
    (
        "true and false, and a time zone",
        "id,active,seen\n7,true,2021-03-04T10:11:12+01:00\n8,false,2021-03-05T10:11:12+01:00\n9,true,2021-03-06T10:11:12+01:00\n",
        &[
            "id¦active¦seen",
            "7¦true¦2021-03-04T10:11:12+01:00",
            "8¦false¦2021-03-05T10:11:12+01:00",
            "9¦true¦2021-03-06T10:11:12+01:00",
        ],
    ),
];

#[test]
fn files_of_the_korean_portal_are_read_as_meant_in_either_encoding() {
    check(KOREAN, |text| encoded(text, UTF_8));
    // The sign for degrees and all else here are in it.
    check(KOREAN, |text| encoded(text, EUC_KR));
}

#[test]
fn files_of_portals_elsewhere_are_read_as_meant() {
    check(PLAIN, |text| text.as_bytes().to_vec());
}

#[test]
fn further_files_of_portals_are_read_as_meant() {
    check(FURTHER, |text| text.as_bytes().to_vec());
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    check(PLAIN, |text| format!("\u{feff}{text}").into_bytes());
    check(PLAIN, utf_16);
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = format!("\u{feff}{text}");
    units.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
