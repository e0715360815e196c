// The province: another program on this machine that sends documents as packages of edXML and hears what becomes of them.
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { demo } from "./demo.ts";

export const PROVINCE = { code: "000.00.00.H38", name: "Ủy ban nhân dân tỉnh Lào Cai" };
const COMMUNE = { code: "000.00.01.H38", name: "UBND xã Gia Phú" };
const SECRET = "only for the journeys, long enough";
const PATH = "/api/v1/exchange/packages";

const signed = (moment: string, body: string): string =>
  `sha256=${createHmac("sha256", SECRET).update(`${moment}.${body}`).digest("hex")}`;

export class Province {
  /** What came, as text. */
  readonly packages: string[] = [];
  /** What came without a right signature. */
  readonly doubtful: string[] = [];
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Province> {
    const server = createServer();
    const province = new Province(server);
    server.on("request", (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts).toString("utf8");
        const moment = String(request.headers["x-sandinh-timestamp"]);
        const right = request.url === PATH && request.headers["x-sandinh-signature"] === signed(moment, body);
        (right ? province.packages : province.doubtful).push(body);
        response.writeHead(right ? 200 : 401, { "content-type": "application/json" }).end('{"outcome":"taken"}');
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return province;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The codes of the statuses that came, in order. */
  statuses(): string[] {
    return this.packages.flatMap((text) => /StatusCode>(\d\d)</.exec(text)?.[1] ?? []);
  }

  /** The administrator enters the commune's own code and the province. */
  async introduce(admin: Page): Promise<void> {
    await admin.goto("/lam-viec/lien-thong");
    await admin.locator("#ma-co-quan").fill(COMMUNE.code);
    await admin.locator("#ten-co-quan").fill(COMMUNE.name);
    await admin.getByRole("button", { name: "Lưu", exact: true }).click();
    await admin.locator("#ten").fill(PROVINCE.name);
    await admin.locator("#ma").fill(PROVINCE.code);
    await admin.locator('input[name="cach"][value="https"]').check();
    await admin.locator("#dia-chi").fill(this.address);
    await admin.locator("#khoa-chung").fill(SECRET);
    await admin.getByRole("button", { name: "Thêm cơ quan" }).click();
  }

  /** Sends a document with its file; the answer of the commune. */
  async send(number: string, subject: string, pdf: Buffer): Promise<unknown> {
    const body = letter(number, subject, pdf);
    const moment = String(Math.floor(Date.now() / 1000));
    const headers = {
      "content-type": "application/xml",
      "x-sandinh-agency": PROVINCE.code,
      "x-sandinh-timestamp": moment,
      "x-sandinh-signature": signed(moment, body),
    };
    const answer = await fetch(`${demo().address}${PATH}`, { method: "POST", headers, body });
    return answer.json();
  }

  close(): void {
    this.server.close();
  }
}

function letter(number: string, subject: string, pdf: Buffer): string {
  const organ = (name: string, one: { code: string; name: string }): string =>
    `<${name}><OrganId>${one.code}</OrganId><OrganName>${one.name}</OrganName></${name}>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:xlink="http://www.w3.org/1999/xlink"><edXMLEnvelope><edXMLHeader><MessageHeader>
${organ("From", PROVINCE)}${organ("To", COMMUNE)}
<Code><CodeNumber>${number}</CodeNumber><CodeNotation>UBND-NC</CodeNotation></Code>
<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>
<DocumentType><Type>10</Type><TypeName>Công văn</TypeName></DocumentType>
<Subject>${subject}</Subject>
<SignerInfo><Competence>TM. ỦY BAN NHÂN DÂN</Competence><Position>Chủ tịch</Position><FullName>Người Thử</FullName></SignerInfo>
<OtherInfo><Priority>0</Priority></OtherInfo><SteeringType>0</SteeringType>
<DocumentId>${PROVINCE.code},2026/11/20,${number}/UBND-NC</DocumentId>
</MessageHeader><TraceHeaderList><TraceHeader><OrganId>${PROVINCE.code}</OrganId><Timestamp>2026/11/20 08:00:00</Timestamp></TraceHeader>
<Business><BusinessDocType>0</BusinessDocType><BusinessDocReason>Gửi mới</BusinessDocReason><Paper>0</Paper></Business></TraceHeaderList>
</edXMLHeader><edXMLBody><edXMLManifest><Reference xlink:href="cid:1"><ContentId>cid:1</ContentId><ContentType>application/pdf</ContentType><AttachmentName>${number}.pdf</AttachmentName></Reference></edXMLManifest></edXMLBody></edXMLEnvelope>
<AttachmentEncoded><Attachment><ContentId>1</ContentId><AttachmentName>${number}.pdf</AttachmentName><ContentType>application/pdf</ContentType><ContentTransferEncoded>${pdf.toString("base64")}</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>`;
}
