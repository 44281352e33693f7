MicroCommand.main()
