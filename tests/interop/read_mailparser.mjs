// Reads a mail on standard input with mailparser and prints what it holds as JSON.
import { readFileSync } from "node:fs";
import { simpleParser } from "mailparser";

const person = ({ name, address }) => ({ name, address });
const mail = await simpleParser(readFileSync(0), { skipTextToHtml: true });
process.stdout.write(
  JSON.stringify({
    headers: mail.headerLines.map((header) => header.key),
    from: mail.from.value.map(person),
    to: mail.to.value.map(person),
    subject: mail.subject,
    date: mail.date.toISOString(),
    id: mail.messageId,
    text: mail.text,
    html: mail.html,
    files: mail.attachments.map((file) => ({
      type: file.contentType,
      method: file.headers.get("content-type").params.method ?? null,
      name: file.filename ?? null,
      octets: file.content.toString("base64"),
    })),
  }),
);
