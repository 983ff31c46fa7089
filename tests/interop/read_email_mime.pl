# Reads a mail on standard input with Email::MIME and prints what it holds as JSON.
use strict;
use warnings;
use Email::Address::XS qw(parse_email_addresses);
use Email::MIME;
use Email::MIME::Header::AddressList;
use JSON::PP;
use MIME::Base64 qw(encode_base64);

binmode STDIN;
my $mail = Email::MIME->new(do { local $/; <STDIN> });

sub people {
    my $list = $mail->header_as_obj(shift);
    return [map { { name => $_->phrase, address => $_->address } } $list->addresses];
}

my ($alternative, $attached) = $mail->subparts;
my ($text, $html, $calendar) = $alternative->subparts;
my @files = map {
    my $part = $_;
    my $type = Email::MIME::ContentType::parse_content_type($part->content_type);
    {
        type => "$type->{type}/$type->{subtype}",
        method => $type->{attributes}{method},
        name => $part->filename,
        octets => encode_base64($part->body, ""),
    }
} ($calendar, $attached);
print JSON::PP->new->ascii->encode({
    headers => [map { lc } $mail->header_names],
    from => people("From"),
    to => people("To"),
    subject => $mail->header("Subject"),
    date => $mail->header("Date"),
    id => $mail->header("Message-ID"),
    text => $text->body_str,
    html => $html->body_str,
    files => \@files,
});
