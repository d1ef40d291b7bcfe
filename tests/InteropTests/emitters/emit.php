<?php
// Publishes as emitters for PHP do: everything on one channel, as MessagePack [packet, options].
[, $host, $port, $key] = $argv;
$redis = new Redis();
$redis->connect($host, (int)$port);

function emit(array $data, array $rooms = [], string $nsp = '/', array $flags = []): void
{
    global $redis, $key;
    $packet = ['type' => isset($flags['binary']) ? 5 : 2, 'data' => $data, 'nsp' => $nsp];
    $redis->publish("$key#emitter", msgpack_pack([$packet, ['rooms' => $rooms, 'flags' => $flags]]));
}

emit(['event', 'payload', 1, -1, 4294967296, 1.5, null, true]);
emit(['event', ['a' => 1, 'list' => [1, 'ü'], 'none' => null]]);
emit(['event', str_repeat('é😀', 200)], [], '/', ['json' => true, 'volatile' => true]);
emit(['event', 'one room'], ['room1']);
emit(['event', 'two rooms'], ['room1', 'room2']);
emit(['event', 'namespace'], [], '/nsp');
emit(['event', 'room of a namespace'], ['room1'], '/nsp');
emit(['event', 'ascii as binary'], [], '/', ['binary' => true]);
