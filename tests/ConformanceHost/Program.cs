Console.WriteLine("conformance host");
