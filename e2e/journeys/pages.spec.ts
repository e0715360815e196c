// Every page of the work side, as those who use it meet it: nothing sticks out sideways, axe finds nothing, the page
// says in its heading what it is.
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import type { Role } from "../support/demo.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

// A walk is many pages, and axe reads each from end to end: a busy machine needs its time.
test.describe.configure({ timeout: 180_000 });

/** A list whose first row is opened, and what hangs below that row's page. */
type Below = { list: string; pages: string[] };

const WALKS: { who: Role; name: string; pages: string[]; below?: Below }[] = [
  {
    who: "registryOfficer",
    name: "lists",
    pages: ["ho?ngheo=poor", "nguoi?gioi-tinh=female", "to-chuc", "tai-san", "tai-san/dinh-muc", "ban-to", "de-nghi", "trung", "ban-do"],
  },
  {
    who: "registryOfficer",
    name: "work of the registry",
    pages: ["", "ho?q=zzzz", "ho/moi", "nhap", "xuat", "tem", "den-han/bao-hiem-y-te", "cong-viec", "hop-thu", "tim?q=an"],
  },
  {
    who: "registryOfficer",
    name: "a household",
    pages: [],
    below: {
      list: "ho",
      pages: ["", "?ngay=31/12/2023", "/sua", "/chu-ho", "/tach", "/nhap", "/chuyen-di", "/them-nguoi", "/khai-sinh"],
    },
  },
  {
    who: "registryOfficer",
    name: "a person",
    pages: [],
    below: { list: "nguoi", pages: ["", "/sua", "/khai-tu", "/chuyen-di", "/chuyen-ho"] },
  },
  { who: "registryOfficer", name: "a team", pages: [], below: { list: "ban-to", pages: ["", "/sua", "/thanh-vien", "/ke-hoach", "/giai-the"] } },
  { who: "registryOfficer", name: "an organisation", pages: ["to-chuc/moi"], below: { list: "to-chuc", pages: ["", "/sua", "/ket-thuc"] } },
  { who: "registryOfficer", name: "an asset", pages: ["tai-san/moi"], below: { list: "tai-san", pages: ["", "/sua", "/ket-thuc"] } },
  { who: "villageHead", name: "the village", pages: ["", "den-han", "tem/in?loai=household", "de-nghi", "nhiem-vu", "nhiem-vu/dien-thoai", "cuoc-hop", "so-thon", "hoi-dan", "hoi-dan/moi/works", "nhom-cong-viec"], below: { list: "nguoi", pages: ["", "/de-nghi"] } },
  { who: "chairman", name: "the chairman", pages: ["", "so-lieu-da-chot", "so-lieu/population/dong", "chu-ky-so", "khieu-nai", "thu-phi", "nhiem-vu?xem=toi-giao", "nhiem-vu/moi", "ket-qua-nhiem-vu?ky=2026", "van-ban-den", "van-ban-di", "ke-hoach", "ke-hoach/nhap", "so-thon", "huy-ho-so"] },
  { who: "admin", name: "the administrator", pages: ["", "tai-khoan/moi", "cong-viec-loi", "nhat-ky"], below: { list: "tai-khoan", pages: [""] } },
  { who: "clerk", name: "the clerk", pages: ["cong-khai", "cong-khai/moi", "van-ban-den?viec=tat-ca", "van-ban-den/tiep-nhan", "van-ban-den/so", "van-ban-di", "van-ban-di/soan", "van-ban-di/soan?loai=ubnd/cong-van", "van-ban-di/so", "lich-cong-tac", "nhom-cong-viec", "nhiem-vu", "nop-luu", "ho-so-cong-viec/moi", "chu-ky-so/sao-y"], below: { list: "van-ban-den", pages: ["", "/vao-so"] } },
  { who: "clerk", name: "asking residents", pages: ["hoi-dan", "hoi-dan?loai=works", "hoi-dan/moi/poll", "hoi-dan/moi/draft", "hoi-dan/moi/works"] },
  { who: "clerk", name: "work files", pages: [], below: { list: "ho-so-cong-viec", pages: ["", "/sua"] } },
  { who: "chairman", name: "meetings", pages: ["cuoc-hop/moi"], below: { list: "cuoc-hop", pages: ["", "/diem-danh", "/dieu-hanh", "/ket-luan"] } },
  { who: "clerk", name: "the official mailbox", pages: ["hop-thu-cong-vu"], below: { list: "hop-thu-cong-vu", pages: [""] } },
  { who: "chairman", name: "messages to many", pages: ["thong-bao", "thong-bao/moi"] },
  { who: "officer", name: "the one-stop desk", pages: ["mot-cua?viec=dang-lam", "mot-cua?viec=tat-ca", "quay", "quay/1.001193", "goi-so", "lich-hen", "doi-chieu", "thu-phi", "y-kien"], below: { list: "mot-cua", pages: ["", "/phieu/01", "/phieu/06"] } },
  { who: "admin", name: "the keeper of procedures", pages: ["thu-tuc", "thu-tuc/moi", "ket-noi", "luu-tru", "lien-thong", "kenh", "dien-thoai", "hop-thu-cong-vu/thiet-lap", "dich-vu-dang-nhap", "dich-vu-dang-nhap/moi"] },
  { who: "auditor", name: "the auditor", pages: ["", "nhat-ky", "tai-san"] },
];

for (const walk of WALKS) {
  test(`every page fits and speaks: ${walk.name}, ${walk.who}`, async ({ page, signIn }) => {
    await signIn(walk.who);
    for (const path of walk.pages) await look(page, `/lam-viec/${path}`.replace(/\/$/, ""));
    if (!walk.below) return;
    await look(page, `/lam-viec/${walk.below.list}`);
    const first = await page.locator(".table .cell-main a").first().getAttribute("href");
    for (const path of walk.below.pages) await look(page, `${first}${path}`);
  });
}

test("every page fits and speaks: a resident", async ({ page, signIn }) => {
  await signIn("resident");
  for (const path of ["/cua-toi", "/cua-toi/ai-da-xem", "/tai-khoan", "/tai-khoan/mat-khau", "/tai-khoan/xac-thuc", "/tai-khoan/ma-truy-cap", "/tai-khoan/khoa", "/tai-khoan/dich-vu", "/phieu-thu-cua-toi", "/ho-so-cua-toi", "/giay-to-cua-toi", "/thu-tuc/2.000815/hen"]) {
    await look(page, path);
  }
  // The own name in the head leads to the own side, not to a desk that is not theirs.
  await page.goto("/");
  await page.locator('.site-tools a[href="/cua-toi"]').click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dữ liệu của tôi");
});

test("every page fits and speaks: a visitor", async ({ page }) => {
  for (const path of ["/tim?q=dong+cam", "/so-lieu", "/so-lieu/households", "/thon/dong-cam", "/dang-nhap", "/thu-tuc", "/thu-tuc/2.000815", "/ho-so", "/giay-to", "/kiem-tra-chu-ky", "/chat-luong-phuc-vu", "/lich-lam-viec", "/cong-khai", "/cong-khai?muc=du-thao", "/hoi-dan", "/du-lieu-mo", "/du-lieu-mo/so-lieu", "/thon/dong-cam/quy"]) await look(page, path);
});

test("large print fits too", async ({ page, context, signIn, baseURL }) => {
  await context.addCookies([{ name: "size", value: "large", url: baseURL as string }]);
  await signIn("registryOfficer");
  for (const path of ["", "/ho", "/nguoi", "/tai-san/dinh-muc", "/ban-to", "/nhap", "/tem", "/den-han", "/ban-do"]) {
    await page.goto(`/lam-viec${path}`);
    await expectNoSideways(page);
    await picture(page, `large${path.replaceAll("/", "-")}`);
  }
});

async function look(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\S/);
    await expectNoSideways(page);
    await expectAccessible(page, path);
  });
}
