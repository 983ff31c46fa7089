// Reads a calendar, or one in jCal, on standard input with ical.js and prints its events as JSON.
// Only the time zones that the file itself defines are known.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const input = readFileSync(0, "utf8");
const calendar = new ICAL.Component(input.startsWith("[") ? JSON.parse(input) : ICAL.parse(input));
ICAL.TimezoneService.reset();
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const utc = (time) => time && new Date(time.toUnixTime() * 1000).toISOString();
const text = (component, name) => component.getFirstPropertyValue(name) ?? null;

function alarm(component, start) {
  const trigger = component.getFirstPropertyValue("trigger");
  if (trigger instanceof ICAL.Time) return utc(trigger);
  const at = start.clone();
  at.addDuration(trigger);
  return utc(at);
}

const people = (component, name) =>
  component.getAllProperties(name).map((property) => ({
    address: property.getFirstValue(),
    name: property.getFirstParameter("cn") ?? null,
    sent_by: property.getFirstParameter("sent-by") ?? null,
    role: property.getFirstParameter("role") ?? null,
    partstat: property.getFirstParameter("partstat") ?? null,
    rsvp: property.getFirstParameter("rsvp") === "TRUE",
  }));

const method = text(calendar, "method");
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    location: event.location,
    start: utc(event.startDate),
    end: utc(event.endDate),
    status: text(component, "status"),
    sequence: event.sequence ?? 0,
    method,
    organizer: people(component, "organizer")[0] ?? null,
    attendees: people(component, "attendee"),
    alarms: component.getAllSubcomponents("valarm").map((each) => alarm(each, event.startDate)),
  };
});
process.stdout.write(JSON.stringify(events));
