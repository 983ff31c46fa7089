// Reads a calendar on standard input with ts-ics and prints its events as JSON.
import { readFileSync } from "node:fs";
import { convertIcsCalendar } from "ts-ics";

const UNITS = { weeks: 604800, days: 86400, hours: 3600, minutes: 60, seconds: 1 };
const address = (email) => (email ? `mailto:${email}` : null);
const person = (found) => ({
  address: address(found.email),
  name: found.name ?? null,
  sent_by: address(found.sentBy),
  role: found.role ?? null,
  partstat: found.partstat ?? null,
  rsvp: found.rsvp ?? false,
});

function alarm(trigger, start) {
  if (trigger.type === "absolute") return trigger.value.date.toISOString();
  const length = Object.entries(UNITS).reduce(
    (sum, [unit, seconds]) => sum + (trigger.value[unit] ?? 0) * seconds,
    0,
  );
  return new Date(start.getTime() + (trigger.value.before ? -length : length) * 1000).toISOString();
}

const calendar = convertIcsCalendar(undefined, readFileSync(0, "utf8"));
const events = (calendar.events ?? []).map((event) => ({
  uid: event.uid,
  summary: event.summary ?? null,
  description: event.description ?? null,
  location: event.location ?? null,
  start: event.start.date.toISOString(),
  end: event.end?.date.toISOString() ?? null,
  status: event.status ?? null,
  sequence: event.sequence ?? 0,
  method: calendar.method ?? null,
  organizer: event.organizer ? person(event.organizer) : null,
  attendees: (event.attendees ?? []).map(person),
  alarms: (event.alarms ?? []).map((each) => alarm(each.trigger, event.start.date)),
}));
process.stdout.write(JSON.stringify(events));
