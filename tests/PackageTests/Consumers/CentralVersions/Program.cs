await new EchoTests().A_text_is_sent_to_all_clients();
Console.WriteLine("sent");
