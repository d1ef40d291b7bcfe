# Publishes as the emitter for Perl does: MessagePack ["emitter", packet, options], once for each room.
use strict;
use warnings;
use utf8;
use Data::MessagePack;
use Redis;

my ($host, $port, $key) = @ARGV;
my $redis = Redis->new(server => "$host:$port");
my $pack = Data::MessagePack->new->utf8;

sub emit {
    my ($data, $rooms, $nsp, $flags) = ($_[0], $_[1] // [], $_[2] // '/', $_[3] // {});
    my $isWide = grep { defined && !ref && /[^\x00-\x7f]/ } map { my $copy = $_ } @$data;
    my $packet = { type => $isWide ? 5 : 2, data => $data, nsp => $nsp };
    my $message = $pack->pack(['emitter', $packet, { rooms => $rooms, flags => $flags }]);
    $redis->publish($_, $message) for @$rooms ? map { "$key#$nsp#$_#" } @$rooms : "$key#$nsp#";
}

emit(['event', 'payload', 1, -1, 4294967296, 1.5, undef]);
emit(['event', { a => 1, list => [1, 'ü'], none => undef }]);
emit(['event', 'é😀' x 200], [], '/', { json => 1, volatile => 1 });
emit(['event', 'one room'], ['room1']);
emit(['event', 'two rooms'], ['room1', 'room2']);
emit(['event', 'namespace'], [], '/nsp');
emit(['event', 'room of a namespace'], ['room1'], '/nsp');
emit(['event', 'other rooms'], ['room3', 'room2']);
